// Exponential backoff with full jitter: a wait is anywhere between nothing and a bound that doubles, so that the
// agents of many branches do not come back all at once after an outage.

export interface Backoff {
  baseMs: number;
  capMs: number;
}

export const SHIP_BACKOFF: Backoff = { baseMs: 1_000, capMs: 120_000 };

/** `failures` counts from 1; `random` is in [0, 1). */
export const backoffMs = ({ baseMs, capMs }: Backoff, failures: number, random: number): number =>
  Math.round(random * Math.min(capMs, baseMs * 2 ** Math.min(failures, 30)));
