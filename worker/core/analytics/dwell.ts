// Dwell from a histogram: percentiles are interpolated within their bucket, so they are as exact as the buckets.

import { DWELL_EDGES_MINUTES } from "../../../schema/definitions.ts";

export interface Dwell {
  medianMs: number | null;
  p90Ms: number | null;
  /** Every bucket, empty ones too: a bucket ends where the next begins, the last one is open. */
  histogram: { fromMs: number; visits: number }[];
}

/** Lower edges of the buckets. */
export const DWELL_STARTS_MS = [0, ...DWELL_EDGES_MINUTES.map((minutes) => minutes * 60_000)];

/** Null without visits; in the open last bucket its lower edge, for that is all that is known. */
export const percentileMs = (counts: readonly number[], share: number): number | null => {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const target = total * share;
  let below = 0;
  for (const [index, count] of counts.entries()) {
    if (count > 0 && below + count >= target) {
      const from = DWELL_STARTS_MS[index] ?? 0;
      const to = DWELL_STARTS_MS[index + 1] ?? from;
      return Math.round(from + (to - from) * ((target - below) / count));
    }
    below += count;
  }
  return DWELL_STARTS_MS.at(-1) ?? null;
};

export const dwellOf = (counts: readonly number[]): Dwell => ({
  medianMs: percentileMs(counts, 0.5),
  p90Ms: percentileMs(counts, 0.9),
  histogram: DWELL_STARTS_MS.map((fromMs, index) => ({ fromMs, visits: counts[index] ?? 0 })),
});
