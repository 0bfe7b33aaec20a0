// When an event happened by our clock. SDKs send beside the event's time the time at which they sent it, both by their own
// clock, which may be wrong by years: how long before its sending it happened is right all the same.

import { KEPT_DAYS } from "../../../../schema/kept-days.ts";
import { numberOf, textOf } from "./loose.ts";

const EVENT_LIFE_MS = KEPT_DAYS.events * 86_400_000;
/** Of senders that do not say when they sent, and whose clock is ahead. */
const AHEAD_MS = 10 * 60_000;
/** Seconds since 1970 have ten digits until 2286, milliseconds thirteen. */
const LEAST_MS = 100_000_000_000;

/** NaN for what is no time. */
export type ParseTime = (text: string) => number;

/** As the event has them. */
export interface ToldTimes {
  readonly timestamp?: unknown;
  readonly originalTimestamp?: unknown;
  readonly sentAt?: unknown;
}

export type EventTime =
  | { readonly kind: "at"; readonly at: number; readonly isUnreadable: boolean }
  | { readonly kind: "refused"; readonly code: "future" | "too_old" };

const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** Epoch ms, or undefined. A time without an offset is UTC, as the SDKs that leave it out mean it. */
const readTime = (value: unknown, parse: ParseTime): number | undefined => {
  if (typeof value === "number" || /^\d{10,13}$/.test(textOf(value) ?? "")) {
    const number = numberOf(value) ?? Number(textOf(value));
    return number > 0 ? Math.round(number < LEAST_MS ? number * 1_000 : number) : undefined;
  }
  const text = textOf(value) ?? "";
  const match = ISO.exec(text);
  if (!match) return undefined;
  const isDay = text.length === 10;
  const at = parse(`${text.replace(" ", "T")}${isDay || match[1] ? "" : "Z"}`);
  return Number.isFinite(at) ? Math.round(at) : undefined;
};

/**
 * `receivedAt` is our clock. Whoever writes both a timestamp and an original one has set the first right, or means it: it
 * stands as it is. What happened after it was sent, or was received, happened when it was received.
 */
export const eventTime = (told: ToldTimes, receivedAt: number, parse: ParseTime): EventTime => {
  const [timestamp, original] = [readTime(told.timestamp, parse), readTime(told.originalTimestamp, parse)];
  const isSetRight = timestamp !== undefined && original !== undefined;
  const happened = timestamp ?? original;
  const sent = isSetRight ? undefined : readTime(told.sentAt, parse);
  const given = [told.timestamp, told.originalTimestamp].map(textOf);
  const isUnreadable = happened === undefined && given.some((text) => text !== undefined);
  const at =
    happened === undefined ? receivedAt : sent === undefined ? happened : receivedAt - (sent - happened);
  if (at > receivedAt + AHEAD_MS) return { kind: "refused", code: "future" };
  if (at < receivedAt - EVENT_LIFE_MS || at < 0) return { kind: "refused", code: "too_old" };
  return { kind: "at", at: Math.min(at, receivedAt), isUnreadable };
};
