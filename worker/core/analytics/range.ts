// Spans of branch-local business days, both ends inclusive, and the periods that group them.

import type { BusinessDay } from "../../../schema/ids.ts";
import { addDays, daysBetween, monthOf, weekOf } from "../presence/day.ts";

export interface DayRange {
  from: BusinessDay;
  to: BusinessDay;
}

export const INTERVALS = ["hour", "day", "week", "month"] as const;
export type Interval = (typeof INTERVALS)[number];
export type Period = "week" | "month";

export const daysIn = ({ from, to }: DayRange): BusinessDay[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index));

/** First day of the period: the Monday of the week or the first of the month. */
export const periodOf = (day: BusinessDay, period: Period): BusinessDay =>
  period === "week" ? weekOf(day) : monthOf(day);

const monthNumber = (day: BusinessDay): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));

/** Periods from one period's first day to another's. */
export const periodsBetween = (from: BusinessDay, to: BusinessDay, period: Period): number =>
  period === "week" ? daysBetween(from, to) / 7 : monthNumber(to) - monthNumber(from);

/** Last day of the period that begins at `first`. */
export const lastDayOf = (first: BusinessDay, period: Period): BusinessDay =>
  addDays(period === "week" ? addDays(first, 7) : monthOf(addDays(first, 31)), -1);
