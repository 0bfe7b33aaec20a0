// Retention cohorts -> a grid of shares, newest cohort first, all rows equally wide. The cohort's own period is left
// out (everyone came in it); a period that has not come yet is `undefined` and never zero.
import type { Retention } from "./api-shapes.ts";

export interface RetentionCell {
  share: number;
  state: "complete" | "running";
}

export interface RetentionGrid {
  offsets: number[];
  rows: { cohort: string; visitors: number; cells: (RetentionCell | undefined)[] }[];
  /** The greatest share of all complete periods: a running one would shift the scale as it grows. */
  max: number;
}

const MAX_COHORTS = 12;
const MAX_OFFSET = 12;

export function retentionGrid(data: Retention["data"]): RetentionGrid {
  const cohorts = data
    .filter((row) => row.visitors > 0)
    .toSorted((a, b) => b.cohort.localeCompare(a.cohort))
    .slice(0, MAX_COHORTS);
  const width = Math.max(0, ...cohorts.flatMap((row) => row.periods.map((period) => period.offset)));
  const offsets = Array.from({ length: Math.min(width, MAX_OFFSET) }, (_, index) => index + 1);
  const rows = cohorts.map(({ cohort, visitors, periods }) => ({
    cohort,
    visitors,
    cells: offsets.map((offset): RetentionCell | undefined => {
      const period = periods.find((candidate) => candidate.offset === offset);
      if (period === undefined) return undefined;
      return { share: period.visitors / visitors, state: period.complete ? "complete" : "running" };
    }),
  }));
  const complete = rows.flatMap((row) => row.cells).filter((cell) => cell?.state === "complete");
  return { offsets, rows, max: Math.max(0, ...complete.map((cell) => cell?.share ?? 0)) };
}
