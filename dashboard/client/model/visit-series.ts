// Footfall rows -> the columns of the visits chart: visits below, passers stacked on top. Business days without a
// row are zero, and the day that is still running is named, so that its short column is not read as a fall.
import type { FootfallRow } from "./api-shapes.ts";
import { daysBetween } from "./dates.ts";

export interface VisitSeries {
  interval: SeriesWindow["interval"];
  days: string[];
  visits: number[];
  passers: number[];
  /** visits + passers: the upper edge of the lighter part. */
  tops: number[];
  /** Index of the period that has not ended, or -1. */
  runningIndex: number;
}

export interface SeriesWindow {
  from: string;
  to: string;
  today: string;
  interval: "day" | "week" | "month";
}

export function visitSeries(rows: readonly FootfallRow[], window: SeriesWindow): VisitSeries {
  const byDay = new Map(rows.map((row) => [row.at.slice(0, 10), row]));
  const end = window.to < window.today ? window.to : window.today;
  const days = window.interval === "day" ? daysBetween(window.from, end) : [...byDay.keys()].toSorted();
  const visits = days.map((day) => byDay.get(day)?.visits ?? 0);
  const passers = days.map((day) => byDay.get(day)?.passers ?? 0);
  return {
    interval: window.interval,
    days,
    visits,
    passers,
    tops: visits.map((count, index) => count + (passers[index] ?? 0)),
    runningIndex: window.to >= window.today ? days.length - 1 : -1,
  };
}
