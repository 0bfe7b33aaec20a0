import { expect, it } from "vitest";
import { GATEWAY_NEEDS } from "../../schema/gateway-needs.ts";
import { GATEWAY_KINDS, NO_GATEWAY_SETTINGS } from "../../schema/gateways.ts";
import type { DeviceToken } from "../../schema/ids.ts";
import { gatewayOf } from "./registry.ts";

/** Everything that any of them keeps of a hand-off. */
const LINK = {
  rhid: "a".repeat(64),
  origin: "http://192.168.1.1:2050",
  challenge: "b".repeat(32),
  site: "default",
  login: "http://192.168.1.1/login",
};
const PASS = {
  id: "gr_1",
  username: "k7m2q9x8r1t4w6y3",
  password: "abcdefghij0123456789wxyz",
  minutes: 60,
  landingUrl: "https://portal.example/w/gw_1/on/gr_1",
};
const SETTINGS = { ...NO_GATEWAY_SETTINGS, secret: "s".repeat(32), level: 1 } as const;

// Agents' reports ask for grants only where the table says so; a grant of another kind would reach them by stream alone.
it.each(GATEWAY_KINDS)("%s has grants for the store's agent exactly if the table says so", async (kind) => {
  const plan = await gatewayOf(kind).plan(LINK, SETTINGS, PASS, "d".repeat(22) as DeviceToken);
  expect(plan.agent !== null).toBe(GATEWAY_NEEDS[kind].agent === "drives");
});
