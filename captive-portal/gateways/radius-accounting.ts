// What a gateway says through RADIUS accounting of who is on: it began, goes on, ended, or all of them are gone because
// the gateway restarted. The client's MAC is for the token alone.

import type { RadiusAttributes } from "./radius-attributes.ts";
import { callingStationOf } from "./radius-rest.ts";

/** `on` and `off` are of the gateway itself: nobody that it knew is on any more. */
export type AccountingStatus = "start" | "interim" | "stop" | "on" | "off";

export interface RadiusAccounting {
  readonly status: AccountingStatus;
  readonly username: string | null;
  /** 12 lower-case hex digits. */
  readonly callingStation: string | null;
  readonly sessionId: string | null;
  readonly sessionSeconds: number;
  /** From and to the client. */
  readonly inputOctets: number;
  readonly outputOctets: number;
  /** It ended because nothing was heard of the client any more; when that began is not said. */
  readonly endedBySilence: boolean;
  /** Now less what the gateway says it waited. Its own clock is not believed. */
  readonly at: number;
}

/** RFC 2866 5.1, as a word or as a number; FreeRADIUS has two words for 3. */
const STATUSES: ReadonlyMap<string, AccountingStatus> = new Map([
  ["Start", "start"],
  ["1", "start"],
  ["Stop", "stop"],
  ["2", "stop"],
  ["Interim-Update", "interim"],
  ["Alive", "interim"],
  ["3", "interim"],
  ["Accounting-On", "on"],
  ["7", "on"],
  ["Accounting-Off", "off"],
  ["8", "off"],
]);

/** RFC 2866 5.10, as words or as numbers. */
const SILENCE: ReadonlySet<string> = new Set(["Lost-Carrier", "2", "Lost-Service", "3", "Idle-Timeout", "4"]);

const GIGAWORD = 2 ** 32;
/** A gateway gives up sending long before. */
const MAX_DELAY_SECONDS = 3_600;

const countOf = (attributes: RadiusAttributes, name: string): number => {
  const text = attributes.get(name) ?? "";
  return /^\d{1,10}$/.test(text) ? Number(text) : 0;
};

const octetsOf = (attributes: RadiusAttributes, way: "Input" | "Output"): number =>
  countOf(attributes, `Acct-${way}-Gigawords`) * GIGAWORD + countOf(attributes, `Acct-${way}-Octets`);

const shortText = (attributes: RadiusAttributes, name: string): string | null => {
  const text = attributes.get(name) ?? "";
  return text === "" || text.length > 253 || /\p{Cc}/u.test(text) ? null : text;
};

/** Null where the status is none of these. */
export const accountingOf = (attributes: RadiusAttributes, now: number): RadiusAccounting | null => {
  const status = STATUSES.get(attributes.get("Acct-Status-Type") ?? "");
  if (status === undefined) return null;
  const delay = Math.min(countOf(attributes, "Acct-Delay-Time"), MAX_DELAY_SECONDS);
  return {
    status,
    username: shortText(attributes, "User-Name"),
    callingStation: callingStationOf(attributes),
    sessionId: shortText(attributes, "Acct-Session-Id"),
    sessionSeconds: countOf(attributes, "Acct-Session-Time"),
    inputOctets: octetsOf(attributes, "Input"),
    outputOctets: octetsOf(attributes, "Output"),
    endedBySilence: status === "stop" && SILENCE.has(attributes.get("Acct-Terminate-Cause") ?? ""),
    at: now - delay * 1_000,
  };
};
