// A footfall row for tests: only what a test names differs from an empty hour.
import type { FootfallRow } from "./api-shapes.ts";

export function footfallRow(at: string, given: Partial<FootfallRow> = {}): FootfallRow {
  const dwell = { medianMs: null, p90Ms: null, histogram: [] };
  return { at, arrivals: 0, visits: 0, passers: 0, peakOccupancy: 0, dwell, ...given };
}
