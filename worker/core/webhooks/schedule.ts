// When a message that was not taken is tried again: the schedule of Standard Webhooks, with jitter so that a receiver that
// comes back is not met by everything at once. Three days and three hours after the first try a message is given up.

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Before each try. */
export const SCHEDULE_MS: readonly number[] = [
  0,
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

const JITTER = 0.1;
/** A receiver may ask for more time, but not for more than this. */
const MOST_ASKED_MS = 24 * HOUR;

export interface Tried {
  /** Tries so far, the last one included. */
  readonly tries: number;
  readonly now: number;
  /** What the receiver asked for (Retry-After); null where it did not. */
  readonly askedMs: number | null;
  /** 0 to 1. */
  readonly random: number;
}

/** Null: it is given up. */
export const nextTryAt = ({ tries, now, askedMs, random }: Tried): number | null => {
  const wait = SCHEDULE_MS[tries];
  if (wait === undefined) return null;
  const jittered = wait * (1 + JITTER * (2 * random - 1));
  return now + Math.round(Math.max(jittered, Math.min(askedMs ?? 0, MOST_ASKED_MS)));
};
