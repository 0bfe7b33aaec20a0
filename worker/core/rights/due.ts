// When a request is due (Decree 356/2025 art. 5): a reply within two working days, the deed within calendar days that
// depend on what was asked and on whether somebody else must act too, and one extension. Days are Vietnam's, UTC+7.
// Periods end at the end of their last day, also on a holiday: nothing is ever due later than the decree says.

import type { RequestKind } from "../../../schema/requests.ts";
import { isHoliday, isWeekend } from "./holidays.ts";

const DAY_MS = 86_400_000;
const VIETNAM_MS = 7 * 3_600_000;
const REPLY_WORKING_DAYS = 2;

/** In days: alone; with a processor or third party; how much an extension adds. */
const PERIODS: Readonly<Record<RequestKind, readonly [alone: number, others: number, more: number]>> = {
  view: [10, 15, 10],
  copy: [10, 15, 10],
  correct: [10, 15, 10],
  withdraw: [15, 20, 15],
  restrict: [15, 20, 15],
  object: [15, 20, 15],
  erase: [20, 30, 20],
  other: [15, 15, 15],
};

/** Whether the brand does it alone. */
export type Involved = "alone" | "others";

export interface Due {
  /** When the person must have heard that it was received. */
  readonly replyDueAt: number;
  readonly dueAt: number;
}

/** Midnight in UTC of the date it is in Vietnam. */
const dayOf = (at: number): number => Math.floor((at + VIETNAM_MS) / DAY_MS) * DAY_MS;
/** The last millisecond of a day of Vietnam. */
const endOf = (day: number): number => day + DAY_MS - VIETNAM_MS - 1;

const workingDaysAfter = (day: number, count: number, holidays: readonly string[]): number => {
  let last = day;
  for (let left = count; left > 0;) {
    last += DAY_MS;
    if (!isWeekend(last) && !isHoliday(last, holidays)) left -= 1;
  }
  return last;
};

/** The day it came in does not count. `holidays`: dates that the brand added. */
export const dueOf = (
  kind: RequestKind,
  receivedAt: number,
  involved: Involved = "alone",
  holidays: readonly string[] = [],
): Due => {
  const day = dayOf(receivedAt);
  const [alone, others] = PERIODS[kind];
  return {
    replyDueAt: endOf(workingDaysAfter(day, REPLY_WORKING_DAYS, holidays)),
    dueAt: endOf(day + (involved === "alone" ? alone : others) * DAY_MS),
  };
};

/** The one extension. */
export const extendedDue = (kind: RequestKind, dueAt: number): number => dueAt + PERIODS[kind][2] * DAY_MS;
