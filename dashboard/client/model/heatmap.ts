// Hourly footfall rows -> average visits by weekday and starting hour. Hours are in the order of the business day
// (an hour after midnight stays with the evening before it) and hours in which nobody ever came are cut off at both ends.
import type { FootfallRow } from "./api-shapes.ts";
import { daysBetween, localHour, weekdayOf } from "./dates.ts";

export interface Heatmap {
  hours: number[];
  /** Seven rows, Monday first; `undefined` where the window holds no such weekday. */
  rows: (number | undefined)[][];
  max: number;
}

export interface HeatmapWindow {
  from: string;
  to: string;
  today: string;
  dayStartHour: number;
}

export const HEAT_LEVELS = 6;

/** 0 for nothing, else 1 to HEAT_LEVELS. */
export const heatLevel = (value: number, max: number): number =>
  value <= 0 || max <= 0 ? 0 : Math.min(HEAT_LEVELS, Math.max(1, Math.ceil((value / max) * HEAT_LEVELS)));

export function heatmap(rows: readonly FootfallRow[], window: HeatmapWindow): Heatmap {
  // The running day would pull its weekday's later hours down, so only finished days are averaged.
  const finished = daysBetween(window.from, window.to).filter((day) => day < window.today);
  const dayCount = Array.from(
    { length: 7 },
    (_, weekday) => finished.filter((day) => weekdayOf(day) === weekday).length,
  );
  const inWindow = new Set(finished);
  const sums = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  for (const row of rows) {
    const { day, hour } = localHour(row.at, window.dayStartHour);
    if (!inWindow.has(day)) continue;
    const line = sums[weekdayOf(day)];
    if (line !== undefined) line[hour] = (line[hour] ?? 0) + row.visits;
  }
  const order = Array.from({ length: 24 }, (_, index) => (index + window.dayStartHour) % 24);
  const used = order.map((hour) => sums.some((line) => (line[hour] ?? 0) > 0));
  const hours = used.includes(true) ? order.slice(used.indexOf(true), used.lastIndexOf(true) + 1) : [];
  const averages = sums.map((line, weekday) =>
    hours.map((hour) => {
      const count = dayCount[weekday] ?? 0;
      return count === 0 ? undefined : (line[hour] ?? 0) / count;
    }),
  );
  const max = Math.max(0, ...averages.flat().map((value) => value ?? 0));
  return { hours, rows: averages, max };
}
