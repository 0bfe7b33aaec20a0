import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_GATEWAY_SETTINGS } from "../../schema/gateways.ts";
import { readAuthmon } from "./opennds-authmon.ts";
import { authmonReply } from "./opennds-queue.ts";
import { gatewayHash } from "./opennds-token.ts";
import { CHAIN, ENCODED_NAME, GATEWAY_HASH, LEVEL_2_RHID } from "./samples/opennds.ts";

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const ask = (
  auth_get: string,
  payload: string,
  name: string | null = "openNDS Node:e4956e4d641c",
  hash = GATEWAY_HASH,
) =>
  readAuthmon(new URLSearchParams({ auth_get, gatewayhash: hash, payload: base64(payload) }), {
    ...NO_GATEWAY_SETTINGS,
    name,
  });

const DEAUTHED =
  'method="idle_deauth", clientmac="0e:2a:69:75:97:18", timestamp=1700000200, bytes_incoming=1024, bytes_outgoing=2048, session_start=1700000000, session_end=1700000100, token=89db8dfe, custom="bm9uZQ=="';

describe("what authmon asks", () => {
  it("is known by the hash of the gateway's name, as the published hand-off has it", async () => {
    expect(await gatewayHash(ENCODED_NAME)).toBe(GATEWAY_HASH);
    expect(await ask("clear", "none")).toEqual({ kind: "clear" });
    expect(await ask("clear", "none", null)).toEqual({ kind: "clear" });
    expect(await ask("clear", "none", "Quan1")).toEqual({ kind: "bad", reason: "foreign_gateway" });
    expect(await ask("clear", "none", null, "../../x")).toEqual({ kind: "bad", reason: "malformed" });
    const vietnamese = await gatewayHash("Ph%e1%bb%9f%20%28Qu%e1%ba%adn%201%29");
    expect(await ask("view", "none", "Phở (Quận 1)", vietnamese)).toEqual({ kind: "view" });
  });

  it("is a view, a list, an acknowledgement of what it let on, or an operator's own message", async () => {
    expect(await ask("view", "none")).toEqual({ kind: "view" });
    expect(await ask("list", "none")).toEqual({ kind: "view" });
    expect(await ask("custom", "anything")).toEqual({ kind: "custom" });
    expect(await ask("view", "*")).toEqual({ kind: "ack", rhids: [] });
    const both = { kind: "ack", rhids: [LEVEL_2_RHID, CHAIN.rhid] };
    expect(await ask("view", `* ${LEVEL_2_RHID} ${CHAIN.rhid} ${CHAIN.rhid}`)).toEqual(both);
    expect(await ask("view", `* ../../etc/passwd ${CHAIN.rhid}x`)).toEqual({ kind: "ack", rhids: [] });
    expect(await ask("format", "none")).toEqual({ kind: "bad", reason: "unknown_ask" });
    expect(await ask("view", "*".repeat(9_000))).toEqual({ kind: "bad", reason: "malformed" });
  });

  it("survives plus signs that arrived as spaces", async () => {
    const payload = base64(`${DEAUTHED}, x="~~~>>>???"`);
    expect(payload).toContain("+");
    const query = `auth_get=deauthed&gatewayhash=${GATEWAY_HASH}&payload=${payload}`;
    const read = await readAuthmon(new URLSearchParams(query), NO_GATEWAY_SETTINGS);
    expect(read.kind).toBe("deauthed");
  });

  it.each([
    ["once", DEAUTHED],
    ["twice", base64(DEAUTHED)],
  ])("may be the end of a session, encoded %s", async (_times, payload) => {
    expect(await ask("deauthed", payload)).toEqual({
      kind: "deauthed",
      session: {
        method: "idle_deauth",
        mac: "0e2a69759718",
        token: "89db8dfe",
        startedAt: 1_700_000_000_000,
        endedAt: 1_700_000_100_000,
        bytesIn: 1_024,
        bytesOut: 2_048,
      },
    });
  });

  it.each([
    ["nothing", ""],
    ["a method that is none", DEAUTHED.replace("idle_deauth", "rm -rf")],
    ["no MAC", DEAUTHED.replace("0e:2a:69:75:97:18", "<script>")],
    ["an end before its start", DEAUTHED.replace("session_end=1700000100", "session_end=1")],
    ["bytes that are no number", DEAUTHED.replace("bytes_incoming=1024", "bytes_incoming=-1")],
    ["NUL bytes", DEAUTHED.replace("token", "\0")],
  ])("refuses a session's end with %s", async (_what, payload) => {
    expect(await ask("deauthed", payload)).toEqual({ kind: "bad", reason: "malformed" });
  });

  it("is answered for any parameters, and nothing throws", async () => {
    const text = fc.string({ unit: "binary" });
    await fc.assert(
      fc.asyncProperty(text, text, text, async (auth_get, gatewayhash, payload) => {
        const params = new URLSearchParams({ auth_get, gatewayhash, payload });
        expect(await readAuthmon(params, NO_GATEWAY_SETTINGS)).toBeDefined();
        for (const verb of ["view", "deauthed"]) expect(await ask(verb, payload)).toBeDefined();
      }),
    );
  });
});

describe("what authmon is answered", () => {
  it("is a lone star for an empty queue, and one entry a client in the form authmon decodes", () => {
    expect(authmonReply([])).toEqual({ text: "*", sent: [] });
    const { text } = authmonReply([{ rhid: LEVEL_2_RHID, minutes: 60 }]);
    expect(text).toBe(`* ${LEVEL_2_RHID}%2060%200%200%200%200%20cXVlbg%3D%3D`);
  });

  it("never cuts an entry, never exceeds what authmon reads, and holds nothing a shell could act on", () => {
    const hash = fc.string({
      unit: fc.constantFrom(..."0123456789abcdef".split("")),
      minLength: 64,
      maxLength: 64,
    });
    const rhid = fc.oneof(
      { weight: 4, arbitrary: hash },
      fc.string({ unit: "binary" }),
      fc.constant("$(reboot)"),
    );
    const minutes = fc.oneof(fc.integer(), fc.double());
    fc.assert(
      fc.property(fc.array(fc.record({ rhid, minutes }), { maxLength: 12 }), (queue) => {
        const { text, sent } = authmonReply(queue);
        const [star, ...entries] = text.split(" ");
        expect(star).toBe("*");
        expect(text.length - 2).toBeLessThanOrEqual(1_024);
        expect(entries.length).toBeLessThanOrEqual(4);
        expect(entries.map((entry) => entry.slice(0, 64))).toEqual(sent);
        for (const entry of entries) {
          expect(entry).toMatch(/^[0-9a-zA-Z%]+$/);
          expect(decodeURIComponent(entry)).toMatch(/^[0-9a-f]{64} [1-9]\d{0,5} 0 0 0 0 cXVlbg==$/);
        }
        const wanted = queue.filter((one) => /^[0-9a-f]{64}$/.test(one.rhid) && Number.isFinite(one.minutes));
        const distinct = new Set(wanted.map((one) => one.rhid));
        expect(sent.length).toBe(Math.min(4, distinct.size));
      }),
    );
  });
});
