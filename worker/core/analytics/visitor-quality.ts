// How sure an answer on recognised visitors is: shares of the visits it counted, and how much of the footfall of
// the same days was recognised at all. Always a lower bound.

import { freshAtOf, joinDefinitions, type Quality, shareOf } from "./quality.ts";

/** Sums over counted visits. */
export interface VisitSums {
  visitSum: number;
  estimatedSum: number;
  randomisedSum: number;
}

/** Footfall of one branch over the days of the answer. */
export interface FootfallTotals {
  visits: number;
  recognisedVisits: number;
  definitions: string[];
  freshAt: number | null;
}

export type VisitorQuality = Quality & { lowerBound: true };

/** Over several branches the stalest one that has data says how fresh the answer is. */
export const visitorQuality = (
  counts: readonly VisitSums[],
  definitions: readonly string[],
  footfall: readonly FootfallTotals[],
  timezone: string,
): VisitorQuality => {
  const sum = <T>(items: readonly T[], of: (item: T) => number) =>
    items.reduce((total, item) => total + of(item), 0);
  const visits = sum(counts, (count) => count.visitSum);
  const fresh = footfall.flatMap((totals) => totals.freshAt ?? []);
  return {
    definitions: joinDefinitions([...definitions, ...footfall.flatMap((totals) => totals.definitions)]),
    randomisedShare: shareOf(
      sum(counts, (count) => count.randomisedSum),
      visits,
    ),
    estimatedShare: shareOf(
      sum(counts, (count) => count.estimatedSum),
      visits,
    ),
    recognisedShare: shareOf(
      sum(footfall, (totals) => totals.recognisedVisits),
      sum(footfall, (totals) => totals.visits),
    ),
    freshAt: freshAtOf(fresh.length === 0 ? null : Math.min(...fresh), timezone),
    lowerBound: true,
  };
};
