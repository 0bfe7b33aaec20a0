// What a WiFiDog gateway asks at `auth/`: whether a token is right, and at every interval whether it still is, with
// the traffic so far. That makes it a heartbeat: a no ends the session. Unsigned, so only the token is believed.

import type { GatewaySettings } from "../../schema/gateways.ts";
import { parseMac } from "./mac.ts";
import { isNamed } from "./wifidog.ts";

export type WifidogAsk =
  | {
      readonly kind: "login" | "counters" | "logout";
      /** The password of the pass. */
      readonly token: string;
      /** 12 lower-case hex digits; made a token by whoever reads this, at once. */
      readonly mac: string | null;
      /** Towards the client, and from it, since the session began. */
      readonly bytesDown: number;
      readonly bytesUp: number;
    }
  | { readonly kind: "bad"; readonly reason: "malformed" | "foreign_gateway" };

const STAGES = ["login", "counters", "logout"] as const;
const MAX_QUERY = 4_096;

export const readWifidogAuth = (url: URL, settings: Pick<GatewaySettings, "name">): WifidogAsk => {
  const query = url.searchParams;
  const kind = STAGES.find((stage) => stage === query.get("stage"));
  const token = query.get("token") ?? "";
  const bytesDown = numberOf(query.get("incoming") ?? "0");
  const bytesUp = numberOf(query.get("outgoing") ?? "0");
  if (url.search.length > MAX_QUERY || kind === undefined) return MALFORMED;
  if (!/^[0-9a-z]{1,64}$/.test(token) || bytesDown === null || bytesUp === null) return MALFORMED;
  if (!isNamed(query, settings)) return { kind: "bad", reason: "foreign_gateway" };
  return { kind, token, mac: parseMac(query.get("mac") ?? ""), bytesDown, bytesUp };
};

/**
 * The body, as `text/plain` with status 200 and never after a redirect. WiFiDog looks for `Auth: ` and a number;
 * Ruijie's client (MCFi) is only known to take it without the space.
 */
export const wifidogAnswer = (verdict: "on" | "off", userAgent: string): string =>
  `Auth:${/^MCFi\b/.test(userAgent) ? "" : " "}${verdict === "on" ? 1 : 0}`;

/** The whole answer to `ping/`; a gateway that does not get it takes us for down. */
export const WIFIDOG_PONG = "Pong";

const numberOf = (text: string): number | null => (/^\d{1,15}$/.test(text) ? Number(text) : null);

const MALFORMED = { kind: "bad", reason: "malformed" } as const;
