// The median dwell of a window from the days' histograms, by interpolation inside the bucket that holds it.
// It is as exact as the buckets are narrow, which is enough for a tile.
import { DWELL_EDGES_MINUTES } from "../../../schema/definitions.ts";
import type { FootfallRow } from "./api-shapes.ts";

const EDGES_MS = DWELL_EDGES_MINUTES.map((minutes) => minutes * 60_000);

export function medianDwellMs(rows: readonly FootfallRow[]): number | undefined {
  const buckets = new Map<number, number>();
  for (const row of rows) {
    for (const { fromMs, visits } of row.dwell.histogram)
      buckets.set(fromMs, (buckets.get(fromMs) ?? 0) + visits);
  }
  const ordered = [...buckets].toSorted(([a], [b]) => a - b);
  const total = ordered.reduce((sum, [, visits]) => sum + visits, 0);
  let before = 0;
  for (const [fromMs, visits] of ordered) {
    if (visits > 0 && before + visits >= total / 2) {
      const toMs = EDGES_MS.find((edge) => edge > fromMs) ?? fromMs;
      return fromMs + ((total / 2 - before) / visits) * (toMs - fromMs);
    }
    before += visits;
  }
  return undefined;
}
