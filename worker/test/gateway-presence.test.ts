// What gateways tell of who is there is presence like an agent's: the same stay told in another way is the same visit.

import { createHash } from "node:crypto";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import type { BranchId } from "../../schema/ids.ts";
import { access, askOf, services } from "./access.ts";
import { enrol, makeBranch, observation, report } from "./agent.ts";
import { eventually } from "./eventually.ts";
import { objectDump } from "./leak-search.ts";
import { aaaPath, askAs, authmonPath, makeGateway, radius, type TestGateway } from "./gateway-asks.ts";
import { signIn } from "./person.ts";

const MINUTE = 60_000;
/** 14 October 2026, 12:00 in Saigon. */
const NOON = Date.UTC(2026, 9, 14, 5, 0);
const MAC = "02:1a:2b:3c:4d:5e";
const STAY = 40;

interface VisitRow {
  started_at: number;
  ended_at: number;
  counted: number;
  estimated: number;
  randomised: number;
}

/** The recognised visits of a branch, an hour after the stay. */
const visitsOf = async (branchId: string): Promise<VisitRow[]> => {
  await report(await enrol(branchId, NOON), NOON + (STAY + 61) * MINUTE, []);
  return eventually(async () => {
    const { results } = await env.DB.prepare(
      "SELECT started_at, ended_at, counted, estimated, randomised FROM visits WHERE branch_id = ?",
    )
      .bind(branchId)
      .all<VisitRow>();
    if (results.length === 0) throw new Error("The visit must reach the database");
    return results;
  });
};

const granted = async (gateway: TestGateway, branchId: string, asks: "credential" | "token") => {
  const plan = { agent: null, queue: null, asks };
  const ask = askOf(branchId, { gatewayId: gateway.id, device: null, plan, now: NOON, minutes: 600 });
  await access().allow(ask);
  return ask;
};

const minutes = (step: number): number[] => Array.from({ length: STAY / step + 1 }, (_, i) => i * step);

test("a stay told by an agent, WiFiDog, CoovaChilli, RADIUS or openNDS is one and the same visit", async () => {
  const told: Record<string, VisitRow[]> = {};
  await makeBranch("told-home");
  await signIn("told-home", MAC, "+84912345731", NOON - 60 * MINUTE);

  await makeBranch("told-agent");
  const agent = await enrol("told-agent", NOON);
  await report(agent, NOON + STAY * MINUTE, [
    observation(MAC, NOON, NOON + STAY * MINUTE, { randomised: true }),
  ]);
  told["agent"] = await visitsOf("told-agent");

  await makeBranch("told-wifidog");
  const dog = await makeGateway("told-wifidog", "wifidog", { addresses: ["http://192.168.1.1:2060"] });
  const { password } = await granted(dog, "told-wifidog", "token");
  for (const minute of minutes(1)) {
    const stage = minute === 0 ? "login" : minute === STAY ? "logout" : "counters";
    await askAs(
      `/w/${dog.id}/auth/?stage=${stage}&token=${password}&mac=${MAC}&incoming=${minute}&outgoing=1`,
      {
        now: NOON + minute * MINUTE,
      },
    );
  }
  told["wifidog"] = await visitsOf("told-wifidog");

  await makeBranch("told-chilli");
  const chilli = await makeGateway("told-chilli", "coovachilli", {
    addresses: ["http://192.168.182.1:3660"],
  });
  const { username } = await granted(chilli, "told-chilli", "credential");
  for (const minute of minutes(5).toReversed()) {
    const status = minute === 0 ? "start" : minute === STAY ? "stop" : "update";
    const counters = { stage: "counters", status, user: username, mac: MAC, duration: String(minute * 60) };
    await askAs(aaaPath(chilli, counters), { now: NOON + minute * MINUTE });
  }
  told["coovachilli"] = await visitsOf("told-chilli");

  await makeBranch("told-radius");
  const mikrotik = await makeGateway("told-radius", "mikrotik", { addresses: ["http://192.168.88.1"] });
  for (const minute of [0, STAY / 2, STAY, STAY]) {
    const status = minute === 0 ? "Start" : minute === STAY ? "Stop" : "Interim-Update";
    const account = {
      "Acct-Status-Type": status,
      "Calling-Station-Id": MAC,
      "Acct-Session-Time": minute * 60,
    };
    await radius(mikrotik, "accounting", account, { now: NOON + minute * MINUTE });
  }
  told["radius"] = await visitsOf("told-radius");

  await makeBranch("told-opennds");
  const nds = await makeGateway("told-opennds", "opennds");
  const hex = (text: string): string => createHash("sha256").update(text).digest("hex");
  const rhid = hex(hex("89db8dfe") + (nds.settings.secret ?? ""));
  const plan = { agent: null, queue: { rhid }, asks: null };
  await access().allow(
    askOf("told-opennds", { gatewayId: nds.id, device: null, plan, now: NOON, minutes: 600 }),
  );
  // The gateway's clock is a day slow: it is believed how long, not when.
  const start = Math.floor(NOON / 1_000) - 86_400;
  const ended = (extra: number): string =>
    `method="client_deauth", clientmac="${MAC}", timestamp=1, bytes_incoming=1, bytes_outgoing=2, session_start=${start - extra}, session_end=${start + STAY * 60}, token=89db8dfe, custom=""`;
  // More than the grant's time is cut: before the grant nobody was let on.
  await askAs(authmonPath(nds, "deauthed", ended(7_200)), { now: NOON + STAY * MINUTE });
  told["opennds"] = await visitsOf("told-opennds");

  const seen = { started_at: NOON, ended_at: NOON + STAY * MINUTE };
  expect(told["agent"]).toEqual([{ ...seen, counted: 1, estimated: 0, randomised: 1 }]);
  for (const [way, visits] of Object.entries(told)) expect([way, visits]).toEqual([way, told["agent"]]);
});

test("a visit ends with the last traffic, whatever the gateway waits until it says so", async () => {
  const [bytesOf, IDLE] = [(minute: number) => Math.min(minute, STAY) * 1_000, 15];
  const ticks = (every: number) =>
    Array.from({ length: (STAY + IDLE) / every + 1 }, (_, i) => i * every).map((minute) => ({
      minute,
      isLast: minute === STAY + IDLE,
      now: NOON + minute * MINUTE,
    }));

  await makeBranch("idle-wifidog");
  const dog = await makeGateway("idle-wifidog", "wifidog", { addresses: ["http://192.168.1.1:2060"] });
  const { password } = await granted(dog, "idle-wifidog", "token");
  for (const { minute, isLast, now } of ticks(1))
    await askAs(
      `/w/${dog.id}/auth/?stage=${isLast ? "logout" : "counters"}&token=${password}&mac=${MAC}&incoming=${bytesOf(minute)}`,
      { now },
    );

  await makeBranch("idle-chilli");
  const chilli = await makeGateway("idle-chilli", "coovachilli", {
    addresses: ["http://192.168.182.1:3660"],
  });
  const { username } = await granted(chilli, "idle-chilli", "credential");
  for (const { minute, isLast, now } of ticks(5)) {
    const status = minute === 0 ? "start" : isLast ? "stop" : "update";
    const told = { duration: String(minute * 60), bytes_up: String(bytesOf(minute)) };
    await askAs(aaaPath(chilli, { stage: "counters", status, user: username, mac: MAC, ...told }), { now });
  }

  await makeBranch("idle-radius");
  const mikrotik = await makeGateway("idle-radius", "mikrotik", { addresses: ["http://192.168.88.1"] });
  const pass = await granted(mikrotik, "idle-radius", "credential");
  for (const { minute, isLast, now } of ticks(5)) {
    const account = {
      "Acct-Status-Type": minute === 0 ? "Start" : isLast ? "Stop" : "Interim-Update",
      "Acct-Session-Time": minute * 60,
      "Acct-Input-Octets": bytesOf(minute),
      "User-Name": pass.username,
      "Calling-Station-Id": MAC,
      ...(isLast ? { "Acct-Terminate-Cause": "Idle-Timeout" } : {}),
    };
    await radius(mikrotik, "accounting", account, { now });
  }

  for (const branchId of ["idle-wifidog", "idle-chilli", "idle-radius"])
    expect([branchId, await visitsOf(branchId)]).toEqual([
      branchId,
      [{ started_at: NOON, ended_at: NOON + STAY * MINUTE, counted: 1, estimated: 1, randomised: 1 }],
    ]);
});

test("what nobody vouches for is no presence, and a gateway is no agent", async () => {
  await makeBranch("told-nothing");
  const branchId = "told-nothing" as BranchId;
  const dog = await makeGateway(branchId, "wifidog", { addresses: ["http://192.168.1.1:2060"] });
  const mikrotik = await makeGateway(branchId, "mikrotik", { addresses: ["http://192.168.88.1"] });
  const nds = await makeGateway(branchId, "opennds");
  const chilli = await makeGateway(branchId, "coovachilli", { addresses: ["http://192.168.182.1:3660"] });
  const now = NOON;
  await askAs(`/w/${dog.id}/auth/?stage=counters&token=neverwas&mac=${MAC}`, { now });
  const account = { "Acct-Status-Type": "Start", "Calling-Station-Id": MAC };
  await radius(mikrotik, "accounting", account, { now, key: "wrong" });
  await askAs(aaaPath(chilli, { stage: "counters", status: "start", user: "x", mac: MAC }, "wrong"), { now });
  const ended = `method="client_deauth", clientmac="${MAC}", timestamp=1, bytes_incoming=1, bytes_outgoing=2, session_start=1, session_end=2, token=89db8dfe, custom=""`;
  await askAs(authmonPath(nds, "deauthed", ended), { now });
  expect((await objectDump(branchId)).filter(({ place }) => /footfall|recognised/.test(place))).toEqual([]);
  await radius(mikrotik, "accounting", account, { now });
  expect((await objectDump(branchId)).some(({ place }) => place.includes("footfall"))).toBe(true);
  expect((await services().presence.status(branchId)).agents).toEqual([]);
});

test("a session of more than a week, or of a clock far ahead, is judged and counted as any observation", async () => {
  await makeBranch("told-wrong");
  const mikrotik = await makeGateway("told-wrong", "mikrotik", { addresses: ["http://192.168.88.1"] });
  const account = { "Acct-Status-Type": "Stop", "Calling-Station-Id": MAC, "Acct-Session-Time": 8 * 86_400 };
  expect((await radius(mikrotik, "accounting", account, { now: NOON })).status).toBe(204);
  expect((await services().presence.status("told-wrong" as BranchId)).counters).toMatchObject({ invalid: 1 });
});
