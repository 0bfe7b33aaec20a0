// Retention cohorts -> a grid of shares, newest cohort first, all rows equally wide. A period that has not come yet
// is `undefined` and never zero.
import type { Retention } from "./api-shapes.ts";

export interface RetentionGrid {
  periods: number[];
  rows: { cohort: string; visitors: number; shares: (number | undefined)[] }[];
  max: number;
}

const MAX_COHORTS = 12;

export function retentionGrid(data: Retention["data"]): RetentionGrid {
  const cohorts = data
    .filter((row) => row.visitors > 0)
    .toSorted((a, b) => b.cohort.localeCompare(a.cohort))
    .slice(0, MAX_COHORTS);
  const width = Math.max(0, ...cohorts.map((row) => row.returned.length));
  const periods = Array.from({ length: width }, (_, index) => index + 1);
  const rows = cohorts.map(({ cohort, visitors, returned }) => ({
    cohort,
    visitors,
    shares: periods.map((period) => {
      const count = returned[period - 1];
      return count === undefined ? undefined : count / visitors;
    }),
  }));
  return { periods, rows, max: Math.max(0, ...rows.flatMap((row) => row.shares.map((share) => share ?? 0))) };
}
