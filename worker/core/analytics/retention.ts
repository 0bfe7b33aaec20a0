// Shapes the counts of who came again when into cohorts by the period of the first visit ever.

import type { BusinessDay } from "../../../schema/ids.ts";
import { addDays } from "../presence/day.ts";
import { shareOf } from "./quality.ts";
import { type DayRange, lastDayOf, type Period, periodOf, periodsBetween } from "./range.ts";

/** Visitors of one cohort seen in one period. */
export interface RetentionCount {
  cohort: BusinessDay;
  period: BusinessDay;
  visitors: number;
}

export interface Cohort {
  /** The Monday of the week or the first of the month. */
  cohort: BusinessDay;
  visitors: number;
  periods: {
    /** Periods since the cohort's own, which is 0. */
    offset: number;
    visitors: number;
    share: number | null;
    /** False where the period reaches beyond the answer's last day or beyond today, so more may come. */
    complete: boolean;
  }[];
}

/** Every cohort has every period up to the end of the range; one in which nobody came has 0 visitors. */
export const cohortsOf = (
  counts: readonly RetentionCount[],
  range: DayRange,
  period: Period,
  today: BusinessDay,
): Cohort[] => {
  const end = periodOf(range.to, period);
  const seen = new Map(counts.map((count) => [`${count.cohort}/${count.period}`, count.visitors]));
  const cohorts = [...new Set(counts.map((count) => count.cohort))].toSorted();
  return cohorts.map((cohort) => {
    const visitors = seen.get(`${cohort}/${cohort}`) ?? 0;
    const periods: Cohort["periods"] = [];
    for (let first = cohort; first <= end; first = nextPeriod(first, period)) {
      const count = seen.get(`${cohort}/${first}`) ?? 0;
      const last = lastDayOf(first, period);
      periods.push({
        offset: periodsBetween(cohort, first, period),
        visitors: count,
        share: shareOf(count, visitors),
        complete: last <= range.to && last < today,
      });
    }
    return { cohort, visitors, periods };
  });
};

const nextPeriod = (first: BusinessDay, period: Period): BusinessDay => addDays(lastDayOf(first, period), 1);
