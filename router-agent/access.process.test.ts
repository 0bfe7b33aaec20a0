import { createHmac } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { buildAgent } from "../scripts/build-agent.ts";
import type { AgentStatus } from "./run/status.ts";
import type { FakeNdsctl } from "./testing/fake-ndsctl.ts";
import { makeFakeNdsctl } from "./testing/fake-ndsctl.ts";
import type { FakeServer } from "./testing/fake-server.ts";
import { startFakeServer } from "./testing/fake-server.ts";
import type { FakeStream } from "./testing/fake-stream.ts";
import { attachStream } from "./testing/fake-stream.ts";
import { agentAt } from "./testing/run-agent.ts";

const { agent, startAgent } = agentAt(buildAgent("dist/testing/quen-agent-access.mjs"));

let server: FakeServer;
let stream: FakeStream;
let ndsctl: FakeNdsctl;
let folder: string;
let running: Awaited<ReturnType<typeof startAgent>> | null;

beforeEach(async () => {
  server = await startFakeServer();
  server.settings.intervalMs = 300;
  stream = attachStream(server);
  folder = mkdtempSync(join(tmpdir(), "quen-agent-"));
  ndsctl = makeFakeNdsctl();
  running = null;
});
afterEach(async () => {
  running?.child.kill("SIGKILL");
  await running?.ended;
  await server.close();
  rmSync(folder, { recursive: true });
});

const RHID = (n: number): string => n.toString(16).padStart(64, "0");
const MAC = (n: number): string => `0e:2a:69:75:97:${n.toString(16).padStart(2, "0")}`;
const token = (mac: string): string =>
  createHmac("sha256", Buffer.from(server.deviceKey, "base64url"))
    .update(Buffer.from(mac.replaceAll(":", ""), "hex"))
    .digest()
    .subarray(0, 16)
    .toString("base64url");

const grant = (n: number, more: object = {}) => ({
  id: `gr_${n}`,
  gatewayId: "gw_1",
  rhid: RHID(n),
  action: "allow",
  minutes: 60,
  expiresAt: Date.now() + 60_000,
  ...more,
});
const fill = (count: number): void =>
  ndsctl.setClients(
    Array.from({ length: count }, (_, n) => ({ rhid: RHID(n), mac: MAC(n), state: "Preauthenticated" })),
  );
const auths = (): string[] =>
  ndsctl
    .calls()
    .map(({ args }) => args)
    .filter((args) => args.startsWith("auth"));

const until = async (holds: () => boolean): Promise<void> => {
  for (let tries = 0; !holds() && tries < 1_000; tries += 1)
    await new Promise((done) => setTimeout(done, 20));
  expect(holds()).toBe(true);
};

const common = (): string[] => ["--state-dir", folder, "--source", "radius:127.0.0.1:0?secret=tests"];
const gateway = (): string => `opennds?id=gw_1&command=${ndsctl.command}`;

const start = async (): Promise<void> => {
  await agent("enrol", server.url, "CODE-1234", "--state-dir", folder);
  running = await startAgent("run", ...common(), "--gateway", gateway(), "--log-level", "debug");
  await until(() => stream.open() === 1);
};
/** What reports that were acknowledged said, by grant. */
const reported = (): Map<string, boolean> =>
  new Map(server.taken.flatMap(({ batch }) => batch.grantResults.map(({ id, ok }) => [id, ok] as const)));

describe("a running agent with a gateway", () => {
  test("runs each grant at most once and delivers its result at least once, although connections drop", async () => {
    fill(24);
    await start();
    ndsctl.set("busy", "5");
    stream.onResults = () => (stream.results.length === 4 ? stream.drop() : undefined);
    const sent: ReturnType<typeof grant>[] = [];
    // As the server does it: repeated with each report until a result has come.
    server.grants = () => sent.filter(({ id }) => !reported().has(id));
    for (let n = 0; n < 24; n += 1) {
      const one = grant(n);
      sent.push(one);
      stream.sendGrants(one, one);
      if (n % 12 === 5) server.answers.push({ kind: "drop_after" });
      if (n % 10 === 7) stream.drop();
      await until(() => ndsctl.calls().length >= n / 2);
      stream.sendGrants(one);
    }
    await until(() => reported().size === 24);
    expect(auths().length).toBe(24);
    expect(new Set(auths()).size).toBe(24);
    expect([...reported().values()].every(Boolean)).toBe(true);
    expect(ndsctl.clients().every(({ state }) => state === "Authenticated")).toBe(true);
  });

  test("answers what is foreign, expired, malformed and of another phone, and bears garbage", async () => {
    fill(2);
    await start();
    for (const garbage of ["{", "null", '{"type":"grants","grants":[1,null,"x"]}', Buffer.from([0])])
      stream.send(garbage);
    stream.sendGrants(
      grant(1, { gatewayId: "gw_2" }),
      grant(2, { expiresAt: Date.now() - 1 }),
      grant(3, { rhid: "$(reboot)" }),
      grant(0, { device: token(MAC(0)) }),
      { ...grant(1, { device: token(MAC(0)) }), id: "gr_4" },
    );
    await until(() => stream.results.length === 5);
    const byId = Object.fromEntries(stream.results.map(({ id, ok, detail = "" }) => [id, `${ok} ${detail}`]));
    expect(byId).toMatchObject({
      gr_0: "true ",
      gr_1: expect.stringContaining("false foreign_gateway") as string,
      gr_2: "false expired",
      gr_3: "false invalid",
      gr_4: expect.stringContaining("false foreign_device") as string,
    });
    expect(auths()).toEqual([`auth ${RHID(0)} 60 0 0 0 0 gr_0`]);
  });

  test("takes grants from the replies while the stream is refused, and tells their results soon", async () => {
    fill(1);
    server.settings.intervalMs = 60_000;
    stream.refusal = { status: 403, code: "forbidden" };
    server.grants = () => [grant(0)];
    await agent("enrol", server.url, "CODE-1234", "--state-dir", folder);
    running = await startAgent("run", ...common(), "--gateway", gateway());
    await until(() => reported().get("gr_0") === true);
    expect(auths()).toHaveLength(1);
    expect(stream.results).toEqual([]);
  });

  test("invariant 1: finds the phone of a device token at the gateway, and writes its MAC nowhere", async () => {
    fill(3);
    await start();
    stream.sendGrants(grant(2, { rhid: undefined, device: token(MAC(2)) }));
    await until(() => stream.results.length === 1);
    expect(auths()).toEqual([`auth ${MAC(2)} 60 0 0 0 0 gr_2`]);
    ndsctl.set("down", "yes");
    stream.sendGrants(grant(1, { rhid: undefined, device: token(MAC(1)) }));
    const status = await agent("status", ...common(), "--json");
    const text = await agent("status", ...common());
    const { access } = JSON.parse(status.stdout) as AgentStatus;
    expect(access).toMatchObject({ stream: { isOpen: true }, grants: { done: 1, running: 1 } });
    expect(text.stdout).toMatch(/stream {4}open, connected 1 times\ngrants {4}1 done, 1 under way/);
    running?.child.kill("SIGTERM");
    const ended = await running?.ended;
    const spool = readdirSync(join(folder, "spool")).map((name) =>
      readFileSync(join(folder, "spool", name), "latin1"),
    );
    const sent = [...server.seen.map((item) => item.text), JSON.stringify(stream.results), ...stream.tokens];
    const everything = [status.stdout, text.stdout, ended?.stdout, ended?.stderr, ...spool, ...sent].join(
      "\n",
    );
    const hex = everything.toLowerCase().replaceAll(/[^0-9a-z\n]/g, "");
    expect(ended?.code).toBe(0);
    expect(hex).not.toContain("0e2a697597");
  });

  test("names a gateway that does not work in its health, and the doctor says what to do", async () => {
    ndsctl.set("down", "yes");
    await start();
    await until(() =>
      server.taken.some(({ batch }) =>
        batch.health.sources.some(({ ok, name }) => !ok && name === "gateway opennds:gw_1"),
      ),
    );
    const broken = await agent("doctor", ...common(), "--gateway", gateway());
    expect(broken.stdout).toContain("FAIL  gateway opennds:gw_1: openNDS does not answer (code 3)");
    ndsctl.set("down", "");
    const mended = await agent("doctor", ...common(), "--gateway", gateway());
    expect(mended.stdout).toContain("OK    gateway opennds:gw_1: openNDS answers");
    expect(mended.stdout).toContain("OK    stream: grants arrive at once");
  });
});
