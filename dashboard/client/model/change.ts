// How a number moved against the equally long period before. A period without numbers gives no change at all:
// growth from nothing is not a percentage.
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

export function previousPeriod(from: string, to: string): { from: string; to: string } {
  const span = spanDays(from, to);
  return { from: addDays(from, -span), to: addDays(to, -span) };
}
