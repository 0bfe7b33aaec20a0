// Rolls the stored counts of business days up to hours, days, weeks or months. Distinct devices are known for an
// hour and a day only; over longer spans their sum is called deviceDays. Nothing is invented: days without data
// are zeros, hours appear only on days with data.

import type { BusinessDay } from "../../../schema/ids.ts";
import { boundsOf, type DaySettings, HOUR_MS, isoAt } from "../presence/day.ts";
import type { DayCounts, HourCounts } from "../presence/footfall.ts";
import { type Dwell, dwellOf } from "./dwell.ts";
import { type DayRange, daysIn, type Interval, type Period, periodOf } from "./range.ts";

export interface StoredDay {
  day: BusinessDay;
  definitions: string;
  /** When the counts were as they are. */
  at: number;
  counts: DayCounts;
}

interface Sums {
  arrivals: number;
  visits: number;
  passers: number;
  engagedVisits: number;
  peakOccupancy: number;
  dwell: number[];
}

export type FootfallRow = Omit<Sums, "dwell"> & {
  at: string;
  devices?: number;
  deviceDays?: number;
  dwell: Dwell;
};

const nothing = (): Sums => ({
  arrivals: 0,
  visits: 0,
  passers: 0,
  engagedVisits: 0,
  peakOccupancy: 0,
  dwell: [],
});

const addHour = (sums: Sums, hour: HourCounts): void => {
  sums.arrivals += hour.arrivals;
  sums.visits += hour.visits;
  sums.passers += hour.passers;
  sums.engagedVisits += hour.engagedVisits;
  sums.peakOccupancy = Math.max(sums.peakOccupancy, hour.peakOccupancy);
  hour.dwell.forEach((count, bucket) => {
    sums.dwell[bucket] = (sums.dwell[bucket] ?? 0) + count;
  });
};

const addDay = (sums: Sums, counts: DayCounts): void => {
  for (const hour of counts.hours) addHour(sums, hour);
  sums.peakOccupancy = Math.max(sums.peakOccupancy, counts.peakOccupancy);
};

const toRow = (
  at: number,
  settings: DaySettings,
  { dwell, ...sums }: Sums,
  devices: { devices: number } | { deviceDays: number },
): FootfallRow => ({ at: isoAt(at, settings.timezone), ...sums, ...devices, dwell: dwellOf(dwell) });

/** Every hour of every day that has data; a day has 23 to 25 hours. */
const hourly = (days: readonly StoredDay[], settings: DaySettings): FootfallRow[] =>
  days.flatMap(({ day, counts }) => {
    const { start, end } = boundsOf(day, settings);
    return Array.from({ length: Math.ceil((end - start) / HOUR_MS) }, (_, index) => {
      const hour = counts.hours.find((candidate) => candidate.hour === index);
      const sums = nothing();
      if (hour) addHour(sums, hour);
      return toRow(start + index * HOUR_MS, settings, sums, { devices: hour?.devices ?? 0 });
    });
  });

const daily = (
  known: ReadonlyMap<BusinessDay, StoredDay>,
  range: DayRange,
  settings: DaySettings,
): FootfallRow[] =>
  daysIn(range).map((day) => {
    const counts = known.get(day)?.counts;
    const sums = nothing();
    if (counts) addDay(sums, counts);
    return toRow(boundsOf(day, settings).start, settings, sums, { devices: counts?.devices ?? 0 });
  });

const byPeriod = (
  known: ReadonlyMap<BusinessDay, StoredDay>,
  range: DayRange,
  period: Period,
  settings: DaySettings,
): FootfallRow[] => {
  const periods = new Map<BusinessDay, Sums & { deviceDays: number }>();
  for (const day of daysIn(range)) {
    const first = periodOf(day, period);
    const sums = periods.get(first) ?? { ...nothing(), deviceDays: 0 };
    periods.set(first, sums);
    const counts = known.get(day)?.counts;
    if (!counts) continue;
    addDay(sums, counts);
    sums.deviceDays += counts.devices;
  }
  return [...periods].map(([first, { deviceDays, ...sums }]) =>
    toRow(boundsOf(first, settings).start, settings, sums, { deviceDays }),
  );
};

/** `days` in any order, at most one a business day. The rows are in order of time. */
export const rollUp = (
  days: readonly StoredDay[],
  range: DayRange,
  interval: Interval,
  settings: DaySettings,
): FootfallRow[] => {
  const sorted = days
    .filter(({ day }) => day >= range.from && day <= range.to)
    .toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const known = new Map(sorted.map((stored) => [stored.day, stored]));
  switch (interval) {
    case "hour":
      return hourly(sorted, settings);
    case "day":
      return daily(known, range, settings);
    case "week":
    case "month":
      return byPeriod(known, range, interval, settings);
  }
};
