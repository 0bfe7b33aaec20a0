// The visits of a person as the profile tells them.

import { dayNumber } from "./day-number.ts";
import type { BranchVisits } from "./facts.ts";
import { groupBy } from "./group-by.ts";
import { median } from "./median.ts";
import { type PersonStay, personStays } from "./person-stays.ts";
import { gapsOf, typicalGap } from "./typical-gap.ts";

const THIRTY_DAYS_MS = 30 * 86_400_000;

export interface VisitSummary {
  readonly total: number;
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  readonly byBranch: readonly BranchSummary[];
  readonly last30Days: number;
  readonly favouriteBranchId: string | null;
  readonly typicalGapDays: number | null;
}

export interface BranchSummary {
  readonly branchId: string;
  readonly visits: number;
  readonly lastAt: number;
  readonly medianDwellMs: number;
}

export interface Stay extends PersonStay {
  readonly branchId: string;
}

/** Over all branches, oldest first. */
export const staysOf = (groups: readonly BranchVisits[]): Stay[] =>
  [...groupBy(groups, ({ branchId }) => branchId)]
    .flatMap(([branchId, own]) => {
      const [first] = own;
      if (first === undefined) return [];
      return personStays(
        own.flatMap(({ visits }) => visits),
        first,
      ).map((stay) => ({ ...stay, branchId }));
    })
    .toSorted((a, b) => a.startedAt - b.startedAt || (a.branchId < b.branchId ? -1 : 1));

/** `stays` are those of `groups`, oldest first. */
export const visitSummary = (
  groups: readonly BranchVisits[],
  stays: readonly Stay[],
  now: number,
): VisitSummary => {
  const firsts = groups.flatMap(({ firstAt }) => (firstAt === null ? [] : [firstAt]));
  const starts = stays.map(({ startedAt }) => startedAt);
  const byBranch = [...groupBy(stays, ({ branchId }) => branchId)]
    .map(([branchId, own]) => ({
      branchId,
      visits: own.length,
      lastAt: Math.max(...own.map(({ startedAt }) => startedAt)),
      medianDwellMs: Math.round(median(own.map(({ startedAt, endedAt }) => endedAt - startedAt)) ?? 0),
    }))
    .toSorted((a, b) => b.visits - a.visits || b.lastAt - a.lastAt || (a.branchId < b.branchId ? -1 : 1));
  return {
    total: stays.length,
    firstAt: earliest([...starts, ...firsts]),
    lastAt: starts.at(-1) ?? null,
    byBranch,
    last30Days: starts.filter((at) => at > now - THIRTY_DAYS_MS && at <= now).length,
    favouriteBranchId: byBranch[0]?.branchId ?? null,
    typicalGapDays: typicalGap(
      gapsOf([...new Set(stays.map(({ day }) => day))].map(dayNumber).toSorted((a, b) => a - b)),
    ),
  };
};

const earliest = (times: readonly number[]): number | null =>
  times.length === 0 ? null : Math.min(...times);
