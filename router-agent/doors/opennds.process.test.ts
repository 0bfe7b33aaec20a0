import { describe, expect, test } from "vitest";
import { parseMac } from "../station.ts";
import type { FakeClient } from "../testing/fake-ndsctl.ts";
import { makeFakeNdsctl } from "../testing/fake-ndsctl.ts";
import type { Order } from "./door.ts";
import { readNdsctl } from "./ndsctl.ts";
import { readClient } from "./opennds-client.ts";
import { openndsDoor } from "./opennds.ts";

const RHID = "aaff80967aa15c83c6e272508d7ea5a7549e6621c37a3484b9d30f764f1625d8";
const MAC = "0e:2a:69:75:97:18";
const soon = (): number => Math.round(Date.now() / 1000);

const client = (state: FakeClient["state"], endsAt = 0): FakeClient => ({
  rhid: RHID,
  mac: MAC,
  state,
  endsAt,
});
const order = (more: Partial<Order> = {}): Order => ({
  action: "allow",
  minutes: 60,
  grantId: "gr_1",
  rhid: RHID,
  mac: null,
  isNamed: null,
  params: {},
  ...more,
});
const within = (ms: number): AbortSignal => AbortSignal.timeout(ms);

const setUp = (...clients: FakeClient[]) => {
  const ndsctl = makeFakeNdsctl(clients);
  const door = openndsDoor({ command: ndsctl.command });
  const calls = (): string[] => ndsctl.calls().map(({ args }) => args);
  return { ndsctl, door, calls };
};

describe("openNDS lets a phone on", () => {
  test("by its rhid in one call, without limits of rate and volume, and with the grant's name", async () => {
    const { door, calls, ndsctl } = setUp(client("Preauthenticated"));
    expect(await door.carryOut(order(), within(9_000))).toEqual({ kind: "done" });
    expect(calls()).toEqual([`auth ${RHID} 60 0 0 0 0 gr_1`]);
    expect(ndsctl.clients()[0]?.state).toBe("Authenticated");
  });

  test("by its MAC where there is no rhid", async () => {
    const { door, calls } = setUp(client("Preauthenticated"));
    const byMac = order({ rhid: null, mac: parseMac(MAC), isNamed: (mac) => mac === parseMac(MAC) });
    expect(await door.carryOut(byMac, within(9_000))).toEqual({ kind: "done" });
    expect(calls()).toEqual([`auth ${MAC} 60 0 0 0 0 gr_1`]);
  });

  test("by its rhid, once it is sure that the client is the phone that the grant names", async () => {
    const { door, calls } = setUp(client("Preauthenticated"));
    const named = order({ isNamed: (mac) => mac === parseMac(MAC) });
    expect(await door.carryOut(named, within(9_000))).toEqual({ kind: "done" });
    expect(calls()).toEqual([`json ${RHID}`, `auth ${RHID} 60 0 0 0 0 gr_1`]);
  });

  test("once: repeated, it finds the session that is long enough and leaves it alone", async () => {
    const { door, calls } = setUp(client("Preauthenticated"));
    await door.carryOut(order(), within(9_000));
    expect(await door.carryOut(order(), within(9_000))).toEqual({ kind: "done" });
    expect(calls().filter((args) => args.startsWith("deauth"))).toEqual([]);
  });

  test("for longer by ending the short session, when openNDS knows the phone again", async () => {
    const { door, calls, ndsctl } = setUp(client("Authenticated", soon() + 240));
    ndsctl.set("preemptive", "yes");
    expect(await door.carryOut(order(), within(9_000))).toEqual({ kind: "done" });
    expect(calls().slice(2)).toEqual([`deauth ${MAC}`, `auth ${MAC} 60 0 0 0 0 gr_1`]);
    expect(ndsctl.clients()[0]?.endsAt).toBeGreaterThan(soon() + 3_500);
  });

  test("with a note of its own when the grant's name would break ndsctl's arguments", async () => {
    const { door, calls } = setUp(client("Preauthenticated"));
    await door.carryOut(order({ grantId: "a,b;reboot" }), within(9_000));
    expect(calls()).toEqual([`auth ${RHID} 60 0 0 0 0 quen`]);
  });

  test("after waiting for another program's lock", async () => {
    const { door, ndsctl } = setUp(client("Preauthenticated"));
    ndsctl.set("busy", "4");
    expect(await door.carryOut(order(), within(9_000))).toEqual({ kind: "done" });
  });

  test("one after the other, so that the agent never meets its own lock", async () => {
    const many = Array.from({ length: 8 }, (_, index): FakeClient => ({
      rhid: `${index}`.repeat(64),
      mac: `0e:2a:69:75:97:0${index}`,
      state: "Preauthenticated",
    }));
    const { door, ndsctl } = setUp(...many);
    ndsctl.set("slow", "0.02");
    const outcomes = many.map(({ rhid }) => door.carryOut(order({ rhid }), within(20_000)));
    expect((await Promise.all(outcomes)).every(({ kind }) => kind === "done")).toBe(true);
    expect(ndsctl.calls()).toHaveLength(8);
  });
});

describe("openNDS does not let a phone on", () => {
  const rows: [string, FakeClient[], string, string][] = [
    ["that it does not know (yet)", [], "retry", "unknown_client"],
    ["that it blocks", [client("AuthBlocked")], "refuse", "refused"],
  ];
  test.each(rows)("%s", async (_, clients, kind, reason) => {
    const { door } = setUp(...clients);
    expect(await door.carryOut(order(), within(9_000))).toMatchObject({ kind, reason });
  });

  test("that is another one than the grant names, whether it is on or not", async () => {
    for (const state of ["Preauthenticated", "Authenticated"] as const) {
      const { door, calls } = setUp(client(state));
      expect(await door.carryOut(order({ isNamed: () => false }), within(9_000))).toMatchObject({
        kind: "refuse",
        reason: "foreign_device",
      });
      expect(calls()).toEqual([`json ${RHID}`]);
    }
  });

  test("by the named phone's address when it does not know the rhid: it may be somebody else's phone", async () => {
    const { door, calls } = setUp(client("Preauthenticated"));
    const forged = order({ rhid: "b".repeat(64), mac: parseMac(MAC), isNamed: () => true });
    expect(await door.carryOut(forged, within(9_000))).toMatchObject({
      kind: "retry",
      reason: "unknown_client",
    });
    expect(calls().filter((args) => args.includes(MAC))).toEqual([]);
  });

  test("while it is down, while it is busy for all the time there is, and when ndsctl is not there", async () => {
    const { door, ndsctl } = setUp(client("Preauthenticated"));
    ndsctl.set("down", "yes");
    expect(await door.carryOut(order(), within(9_000))).toMatchObject({
      kind: "retry",
      reason: "unreachable",
    });
    expect(await door.check(within(9_000))).toMatchObject({
      ok: false,
      detail: expect.stringContaining("opennds probably not yet started") as string,
    });
    ndsctl.set("busy", "10000");
    expect(await door.carryOut(order(), within(400))).toMatchObject({ kind: "retry", reason: "busy" });
    const nowhere = openndsDoor({ command: "/nowhere/ndsctl" });
    expect(await nowhere.carryOut(order(), within(9_000))).toMatchObject({
      kind: "retry",
      reason: "unreachable",
    });
  });
});

describe("openNDS takes a phone off", () => {
  const rows: [string, FakeClient[]][] = [
    ["that is on", [client("Authenticated")]],
    ["that was not on, which is no failure", [client("Preauthenticated")]],
    ["that has gone, which is no failure", []],
  ];
  test.each(rows)("%s", async (_, clients) => {
    const { door, ndsctl } = setUp(...clients);
    expect(await door.carryOut(order({ action: "deny" }), within(9_000))).toEqual({ kind: "done" });
    expect(ndsctl.clients().filter(({ state }) => state === "Authenticated")).toEqual([]);
  });
});

describe("ndsctl's answer", () => {
  test.each([
    [0, "Client authenticated.", "", { kind: "yes", text: "Client authenticated." }],
    [1, "Failed to authenticate client.", "", { kind: "no" }],
    [4, "", "", { kind: "busy" }],
    [0, "ndsctl thread is busy, please try later.", "", { kind: "busy" }],
    [5, "", "", { kind: "down", detail: "ndsctl cannot write its lock in /tmp, /run or /var (code 5)" }],
    [
      3,
      "",
      "pgrep: x ndsctl: opennds probably not started (Error: No)",
      {
        kind: "down",
        detail: "openNDS does not answer (code 3) ndsctl: opennds probably not started (Error: No)",
      },
    ],
    [null, "", "", { kind: "down", detail: "openNDS does not answer (code none)" }],
  ])("%j %j %j is told apart", (code, text, errorTail, expected) => {
    expect(readNdsctl({ code, text, errorTail })).toEqual(expected);
  });
});

describe("a client in ndsctl json", () => {
  const mac = parseMac(MAC);
  const text = (state: string, end = "null"): string => JSON.stringify({ mac: MAC, state, session_end: end });
  test.each([
    ["{}", { state: "unknown" }],
    ["", { state: "unrecognised" }],
    ['{"state":"Authenticated"}', { state: "unrecognised" }],
    [text("New"), { state: "unrecognised" }],
    [text("Preauthenticated"), { state: "off", mac, endsAt: null }],
    [text("Authenticated", "1800000000"), { state: "on", mac, endsAt: 1_800_000_000_000 }],
    [text("Authenticated"), { state: "on", mac, endsAt: null }],
    [text("Blocked"), { state: "blocked", mac, endsAt: null }],
    [text("AuthBlocked"), { state: "blocked", mac, endsAt: null }],
    [text("Trusted"), { state: "trusted", mac, endsAt: null }],
  ])("%j is told apart", (printed, expected) => {
    expect(readClient(printed)).toEqual(expected);
  });
});

test("openNDS tells whom it sees, and that it answers", async () => {
  const { door } = setUp(client("Preauthenticated"));
  expect(await door.macs(within(9_000))).toEqual([parseMac(MAC)]);
  expect(await door.check(within(9_000))).toEqual({ ok: true, detail: "openNDS answers" });
});
