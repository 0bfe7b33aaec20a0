// How a number moved against the equally long period before, over finished days only: a day that still runs would
// always look like a fall. A period without numbers gives no change at all: growth from nothing is not a percentage.
import { addDays, spanDays } from "./dates.ts";

export interface Change {
  direction: "up" | "down" | "same";
  /** 0.12 for twelve percent, always positive. */
  by: number;
}

export function changeOf(current: number, previous: number): Change | undefined {
  if (previous <= 0) return undefined;
  const ratio = current / previous - 1;
  if (Math.abs(ratio) < 0.005) return { direction: "same", by: 0 };
  return { direction: ratio > 0 ? "up" : "down", by: Math.abs(ratio) };
}

export interface ComparedPeriods {
  current: { from: string; to: string };
  before: { from: string; to: string };
}

/** `undefined` if no day of the window is finished yet. */
export function comparedPeriods(from: string, to: string, today: string): ComparedPeriods | undefined {
  const end = to < today ? to : addDays(today, -1);
  if (end < from) return undefined;
  const span = spanDays(from, end);
  return { current: { from, to: end }, before: { from: addDays(from, -span), to: addDays(from, -1) } };
}

/**
 * Whether a branch was already counted when the period began: a period that it only grew into is no measure. A
 * day without anybody may happen, so the first fifth of the rows is looked at, two rows at least.
 */
export function countedFromStart(rows: readonly { arrivals: number }[]): boolean {
  const first = rows.slice(0, Math.max(2, Math.ceil(rows.length / 5)));
  return first.some((row) => row.arrivals > 0);
}
