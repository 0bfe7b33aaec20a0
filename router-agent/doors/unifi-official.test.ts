import { describe, expect, test } from "vitest";
import { parseMac } from "../station.ts";
import { API_KEY, startUnifi } from "../testing/fake-unifi.ts";
import { makeController } from "./controller.ts";
import type { Order } from "./door.ts";
import { unifiOfficial } from "./unifi-official.ts";

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

const setUp = async (options: { apiKey?: string; site?: string } = {}) => {
  const unifi = await startUnifi("unifi-os");
  const { apiKey = API_KEY, site } = options;
  const door = unifiOfficial(makeController(unifi.url, null), { apiKey, site });
  return { unifi, door };
};

describe("the documented API of UniFi", () => {
  test("finds the client by its address and lets it on for the time, and off again", async () => {
    const { unifi, door } = await setUp();
    unifi.clients.set(MAC, "c1");
    expect(await door.carryOut(order(), never)).toEqual({ kind: "done" });
    expect([...unifi.guests]).toEqual([[MAC, 90]]);
    expect(await door.carryOut(order({ action: "deny" }), never)).toEqual({ kind: "done" });
    expect(unifi.guests.size).toBe(0);
    expect(unifi.asked.filter(({ path }) => path.endsWith("/sites"))).toHaveLength(1);
  });

  test("asks again for a client that it does not list yet", async () => {
    const { unifi, door } = await setUp();
    expect(await door.carryOut(order(), never)).toMatchObject({ kind: "retry", reason: "unknown_client" });
    unifi.clients.set(MAC, "c1");
    expect(await door.carryOut(order(), never)).toEqual({ kind: "done" });
  });

  test.each(["default", "Default"])("takes the site %s by any of its names", async (site) => {
    const { unifi, door } = await setUp({ site });
    unifi.clients.set(MAC, "c1");
    expect(await door.carryOut(order(), never)).toEqual({ kind: "done" });
  });

  test("refuses a site that is none and a key that is wrong", async () => {
    const lost = await setUp({ site: "elsewhere" });
    expect(await lost.door.carryOut(order(), never)).toMatchObject({ kind: "refuse", reason: "refused" });
    const locked = await setUp({ apiKey: "wrong" });
    expect(await locked.door.carryOut(order(), never)).toMatchObject({
      kind: "refuse",
      reason: "credentials",
    });
    expect((await locked.door.check(never)).ok).toBe(false);
  });

  test("tries again when the controller drops the connection or is in trouble", async () => {
    const { unifi, door } = await setUp();
    for (const next of [null, { status: 502 }, { status: 429 }]) {
      unifi.next = next;
      expect((await door.carryOut(order(), never)).kind).toBe("retry");
    }
  });
});
