// Vendor files as tests ask them: a hand-off at the page's address, a plan for one pass, each with the operator's settings.

import { gatewayOf } from "../gateways/registry.ts";
import type { GatewayLink, GrantPlan, HandOffResult, Pass } from "../gateways/gateway.ts";
import { type GatewayKind, type GatewaySettings, NO_GATEWAY_SETTINGS } from "../../schema/gateways.ts";
import type { DeviceToken } from "../../schema/ids.ts";

export const LANDING = "https://portal.example/w/gw_1/s/abc/done";
export const PASS: Pass = {
  id: "grant-1",
  username: "k7m2q9x8r1t4w6y3",
  password: "secret",
  minutes: 60,
  landingUrl: LANDING,
};
export const DEVICE = "AAAAAAAAAAAAAAAAAAAAAA" as DeviceToken;

const ORIGINS: Partial<Record<GatewayKind, readonly string[]>> = {
  mikrotik: ["http://192.168.88.1"],
  aruba: ["http://securelogin.arubanetworks.com"],
  ruckus: ["http://192.168.0.253:9997", "http://scg.ruckuswireless.com:9997"],
};
const settingsOf = (kind: GatewayKind): GatewaySettings => ({
  ...NO_GATEWAY_SETTINGS,
  origins: ORIGINS[kind] ?? [],
});

export const parse = (
  kind: GatewayKind,
  tail: string,
  form: URLSearchParams | null = null,
): Promise<HandOffResult> =>
  gatewayOf(kind).parse({ url: new URL(`https://portal.example/w/gw_1${tail}`), form }, settingsOf(kind));

export const plan = (
  kind: GatewayKind,
  link: GatewayLink,
  device: DeviceToken | null = DEVICE,
): Promise<GrantPlan> => gatewayOf(kind).plan(link, settingsOf(kind), PASS, device);
