import { describe, expect, test } from "vitest";
import { parseMac } from "../station.ts";
import { PASSWORD, startUnifi } from "../testing/fake-unifi.ts";
import { makeController } from "./controller.ts";
import type { Order } from "./door.ts";
import { unifiClassic } from "./unifi-classic.ts";

const MAC = "70:8a:09:65:4d:ec";
const order = (more: Partial<Order> = {}): Order => ({
  action: "allow",
  minutes: 90,
  grantId: "gr_1",
  rhid: null,
  mac: parseMac(MAC),
  isNamed: null,
  params: {},
  ...more,
});
const never = new AbortController().signal;

const setUp = async (system: "unifi-os" | "self-hosted", password = PASSWORD) => {
  const unifi = await startUnifi(system);
  const clock = { monoMs: 0 };
  const options = { username: "quen", password, site: undefined };
  const door = unifiClassic(makeController(unifi.url, null), options, () => clock.monoMs);
  return { unifi, door, clock };
};

describe.each(["unifi-os", "self-hosted"] as const)("the classic API of %s", (system) => {
  test("lets a phone on for the time and off again, with one login", async () => {
    const { unifi, door } = await setUp(system);
    expect(await door.carryOut(order(), never)).toEqual({ kind: "done" });
    expect([...unifi.guests]).toEqual([[MAC, 90]]);
    const params = { site: "default", ap: "44:D9:E7:0A:80:43" };
    expect(await door.carryOut(order({ minutes: 5, params }), never)).toEqual({ kind: "done" });
    expect(unifi.asked.at(-1)?.json).toMatchObject({ minutes: 5, ap_mac: "44:d9:e7:0a:80:43" });
    expect(await door.carryOut(order({ action: "deny" }), never)).toEqual({ kind: "done" });
    expect([unifi.guests.size, unifi.logins]).toEqual([0, 1]);
  });

  test("signs in again when the session has ended, and carries the order out then", async () => {
    const { unifi, door } = await setUp(system);
    await door.carryOut(order(), never);
    unifi.endSessions();
    expect(await door.carryOut(order({ minutes: 7 }), never)).toEqual({ kind: "done" });
    expect([unifi.guests.get(MAC), unifi.logins]).toEqual([7, 2]);
  });

  test("carries out what comes at once over one login", async () => {
    const { unifi, door } = await setUp(system);
    const outcomes = await Promise.all([1, 2, 3].map(() => door.check(never)));
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(unifi.logins).toBe(1);
  });

  test("does not try a refused password again for a while, because accounts get locked", async () => {
    const { unifi, door, clock } = await setUp(system, "wrong");
    for (const _ of [1, 2, 3])
      expect(await door.carryOut(order(), never)).toMatchObject({ kind: "refuse", reason: "credentials" });
    expect(unifi.logins).toBe(1);
    clock.monoMs += 60_000;
    expect((await door.check(never)).ok).toBe(false);
    expect(unifi.logins).toBe(2);
  });
});

describe("the classic API", () => {
  test("is asked by nothing but an address, and never at a place that a phone made up", async () => {
    const { unifi, door } = await setUp("unifi-os");
    expect(await door.carryOut(order({ mac: null }), never)).toMatchObject({
      kind: "retry",
      reason: "unknown_client",
    });
    const params = { site: "../../api/auth/logout" };
    expect(await door.carryOut(order({ params }), never)).toMatchObject({
      kind: "refuse",
      reason: "refused",
    });
    expect(unifi.asked.filter(({ path }) => path.includes("logout"))).toEqual([]);
  });

  const troubles = [
    ["a dropped connection", null, "retry", "unreachable"],
    ["a failing controller", { status: 500, body: "<html>" }, "retry", "unreachable"],
    ["a busy controller", { status: 429, headers: { "retry-after": "3" } }, "retry", "busy"],
    [
      "a word of refusal",
      { status: 400, body: { meta: { rc: "error", msg: "api.err.NoPermission" } } },
      "refuse",
      "refused",
    ],
    ["a page of somebody else", { status: 200, body: "<html>" }, "refuse", "unexpected"],
  ] as const;
  test.each(troubles)("tells %s apart", async (_, next, kind, reason) => {
    const { unifi, door } = await setUp("unifi-os");
    unifi.next = next;
    expect(await door.carryOut(order(), never)).toMatchObject({ kind, reason });
    expect(unifi.guests.size).toBe(0);
  });
});
