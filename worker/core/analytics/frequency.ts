// Shapes the counts of recognised visitors, which the database made, into the answer on visit frequency. It is a
// lower bound of the truth (addresses rotate, not everyone consents) and says so.

import type { VisitSums } from "./visitor-quality.ts";
import { classify, RECENCY_CLASSES, type RecencyClass, VISIT_CLASSES, type VisitClass } from "./buckets.ts";

/** People of one scope (a branch, or all) who share a number of visits; 10 stands for 10 and more. */
export interface VisitCount extends VisitSums {
  visits: number;
  visitors: number;
  /** Those whose first counted visit ever lies before the window. */
  returning: number;
}

export interface FrequencyCounts {
  byVisits: VisitCount[];
  /** Whole business days from the last visit to the end of the window; 91 stands for 91 and more. */
  byDaysAgo: { days: number; visitors: number }[];
  medianDwellMs: number | null;
  /** Visitors of two branches or more. */
  atSeveralBranches: number;
}

export interface FrequencyFigures {
  visitors: number;
  visits: number;
  newVisitors: number;
  returningVisitors: number;
  visitsPerVisitor: number | null;
  frequency: { visits: VisitClass; visitors: number }[];
  recency: { days: RecencyClass; visitors: number }[];
  medianDwellMs: number | null;
}

const total = (counts: readonly VisitCount[], of: (count: VisitCount) => number): number =>
  counts.reduce((sum, count) => sum + of(count), 0);

export const NO_COUNTS: FrequencyCounts = {
  byVisits: [],
  byDaysAgo: [],
  medianDwellMs: null,
  atSeveralBranches: 0,
};

export const frequencyFigures = (counts: FrequencyCounts): FrequencyFigures => {
  const { byVisits, byDaysAgo, medianDwellMs } = counts;
  const visitors = total(byVisits, (count) => count.visitors);
  const visits = total(byVisits, (count) => count.visitSum);
  const returningVisitors = total(byVisits, (count) => count.returning);
  return {
    visitors,
    visits,
    newVisitors: visitors - returningVisitors,
    returningVisitors,
    visitsPerVisitor: visitors === 0 ? null : Math.round((visits / visitors) * 100) / 100,
    frequency: classify(
      VISIT_CLASSES,
      byVisits.map((count) => ({ value: count.visits, visitors: count.visitors })),
    ).map((row) => ({ visits: row.label, visitors: row.visitors })),
    recency: classify(
      RECENCY_CLASSES,
      byDaysAgo.map((count) => ({ value: count.days, visitors: count.visitors })),
    ).map((row) => ({ days: row.label, visitors: row.visitors })),
    medianDwellMs,
  };
};
