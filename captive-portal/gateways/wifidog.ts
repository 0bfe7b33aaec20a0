// WiFiDog and what speaks its protocol (Ruijie, Reyee): the browser takes a one-time token to the gateway, which asks
// us whether it is right. Nothing in the hand-off is signed; `url` is never used.

import type { GatewaySettings } from "../../schema/gateways.ts";
import { type Gateway, type HandOffClient, type HandOffResult, NO_PLAN } from "./gateway.ts";
import { parseMac } from "./mac.ts";
import { isAllowedTarget, originOf } from "./origin.ts";

const MAX_QUERY = 8_192;
const USED = ["gw_id", "gw_address", "gw_port", "mac"];

export const wifidog: Gateway = {
  kind: "wifidog",
  parse: async ({ url }, settings) => {
    const query = url.searchParams;
    if (url.search.length > MAX_QUERY || USED.some((name) => query.getAll(name).length > 1)) return MALFORMED;
    const client = clientOf(query.get("mac") ?? "");
    if (client === null || !query.has("gw_address")) return MALFORMED;
    if (!isNamed(query, settings)) return { ok: false, reason: "forged" };
    const address = `http://${query.get("gw_address") ?? ""}:${query.get("gw_port") ?? ""}`;
    if (!isAllowedTarget(address, settings)) return { ok: false, reason: "foreign_target" };
    const link = { origin: originOf(address) ?? "" };
    return { ok: true, handOff: { client, vouched: false, link, clientKey: null, alreadyOn: false } };
  },
  plan: async ({ origin }, _settings, { password }) => {
    if (origin === undefined) return NO_PLAN;
    const url = `${origin}/wifidog/auth?token=${encodeURIComponent(password)}`;
    return { ...NO_PLAN, asks: "token", browser: { kind: "go", url } };
  },
};

/** What a gateway calls itself in the hand-off and when it asks; `name` null takes any. */
export const isNamed = (query: URLSearchParams, { name }: Pick<GatewaySettings, "name">): boolean =>
  name === null || query.get("gw_id") === name;

const clientOf = (text: string): HandOffClient | null => {
  if (text === "") return { kind: "none" };
  const mac = parseMac(text);
  return mac === null ? null : { kind: "mac", mac };
};

const MALFORMED = { ok: false, reason: "malformed" } as const satisfies HandOffResult;
