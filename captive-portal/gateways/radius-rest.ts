// Whether somebody may be on, as a RADIUS server asks it through rlm_rest. The answer holds the one-time password, so
// FreeRADIUS itself checks PAP and CHAP; nothing of the question is ever in it, because values could be expanded.

import type { GatewaySettings } from "../../schema/gateways.ts";
import { isSame } from "./bytes.ts";
import { parseMac } from "./mac.ts";
import type { RadiusAttributes } from "./radius-attributes.ts";

/** What the RADIUS server shows as `x-api-key`. */
export const isRadiusServer = (key: string | null, { radiusKey }: Pick<GatewaySettings, "radiusKey">) =>
  key !== null && radiusKey !== null && isSame(key, radiusKey);

export interface RadiusAsk {
  readonly username: string;
  /** 12 lower-case hex digits, for the token alone; null where none or no station's is named. */
  readonly callingStation: string | null;
}

export const callingStationOf = (attributes: RadiusAttributes): string | null =>
  parseMac(attributes.get("Calling-Station-Id") ?? "");

/** Null where the name cannot be one of ours: some gateways try the client's MAC as a user name. */
export const askOf = (attributes: RadiusAttributes): RadiusAsk | null => {
  const username = attributes.get("User-Name") ?? "";
  return /^[0-9a-z]{16}$/.test(username) ? { username, callingStation: callingStationOf(attributes) } : null;
};

export type RadiusDecision =
  | { readonly kind: "accept"; readonly password: string; readonly seconds: number }
  /** Ours, but over or used by another client. */
  | { readonly kind: "reject" }
  | { readonly kind: "unknown" }
  /** It cannot be decided now; FreeRADIUS calls it `fail`. */
  | { readonly kind: "retry" };

export interface RadiusReply {
  readonly status: 200 | 401 | 404 | 503;
  readonly body: Readonly<Record<string, unknown>> | null;
}

/** Unset, rlm_rest expands `%{…}` in values, so it is said of each that it must not. */
const attribute = (value: string | number) => ({ op: ":=", value: [value], do_xlat: false, is_json: false });

/** How often a gateway reports who is there: under half of the 15 min that end a visit. */
const INTERIM_SECONDS = 300;

export const authorizeReply = (decision: RadiusDecision): RadiusReply => {
  switch (decision.kind) {
    case "accept": {
      const seconds = Math.floor(decision.seconds);
      if (seconds < 1) return authorizeReply({ kind: "reject" });
      return {
        status: 200,
        body: {
          "control:Cleartext-Password": attribute(decision.password),
          "reply:Session-Timeout": attribute(seconds),
          "reply:Acct-Interim-Interval": attribute(INTERIM_SECONDS),
        },
      };
    }
    case "reject":
      return { status: 401, body: { "reply:Reply-Message": attribute("This sign-in is over") } };
    case "unknown":
      return { status: 404, body: null };
    case "retry":
      return { status: 503, body: null };
  }
};
