// Branch-local business days in any IANA time zone, daylight saving included. A day starts at `dayStartHour`
// local time, so it may last 23, 24 or 25 hours; its hours are counted from its start.

import { Temporal } from "temporal-polyfill";
import type { BusinessDay } from "../../../schema/ids.ts";
import type { Segment } from "./segments.ts";

export interface DaySettings {
  timezone: string;
  dayStartHour: number;
}

/** `end` is exclusive. */
export interface DayBounds {
  day: BusinessDay;
  start: number;
  end: number;
}

export const HOUR_MS = 3_600_000;

/** Temporal is exact but slow, and a branch asks for the same few days again and again. */
const cache = new Map<string, DayBounds>();
const CACHE_LIMIT = 2_000;

const startOf = (date: Temporal.PlainDate, settings: DaySettings): number =>
  date.toZonedDateTime({
    timeZone: settings.timezone,
    plainTime: Temporal.PlainTime.from({ hour: settings.dayStartHour }),
  }).epochMilliseconds;

export const boundsOf = (day: BusinessDay, settings: DaySettings): DayBounds => {
  const key = `${settings.timezone}/${settings.dayStartHour}/${day}`;
  const known = cache.get(key);
  if (known) return known;
  const date = Temporal.PlainDate.from(day);
  const bounds = { day, start: startOf(date, settings), end: startOf(date.add({ days: 1 }), settings) };
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(key, bounds);
  return bounds;
};

export const addDays = (day: BusinessDay, days: number): BusinessDay =>
  Temporal.PlainDate.from(day).add({ days }).toString() as BusinessDay;

/** Monday of the day's week. */
export const weekOf = (day: BusinessDay): BusinessDay => {
  const date = Temporal.PlainDate.from(day);
  return date.subtract({ days: date.dayOfWeek - 1 }).toString() as BusinessDay;
};

export const monthOf = (day: BusinessDay): BusinessDay => `${day.slice(0, 7)}-01` as BusinessDay;

export const daysBetween = (from: BusinessDay, to: BusinessDay): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;

/** The day asked for last in each zone: nearly every observation falls into the same. */
const latest = new Map<string, DayBounds>();

/** The business day in which a moment falls. */
export const dayOf = (at: number, settings: DaySettings): DayBounds => {
  const zone = `${settings.timezone}/${settings.dayStartHour}`;
  const last = latest.get(zone);
  if (last && at >= last.start && at < last.end) return last;
  const bounds = findDay(at, settings);
  if (latest.size >= CACHE_LIMIT) latest.clear();
  latest.set(zone, bounds);
  return bounds;
};

const findDay = (at: number, settings: DaySettings): DayBounds => {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(settings.timezone);
  let bounds = boundsOf(local.toPlainDate().toString() as BusinessDay, settings);
  // More than one step only where a zone left out a date (Apia, 2011-12-30): that day is empty.
  while (at < bounds.start) bounds = boundsOf(addDays(bounds.day, -1), settings);
  while (at >= bounds.end) bounds = boundsOf(addDays(bounds.day, 1), settings);
  return bounds;
};

/** RFC 3339 with the branch's offset at that moment. */
export const isoAt = (at: number, timezone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(timezone)
    .toString({ timeZoneName: "never", smallestUnit: "second" });

/**
 * Cuts a segment at business-day boundaries. The device was there when the day ended, so a cut end counts as seen
 * and such a visit is not estimated.
 */
export const cutByDay = (
  segment: Segment,
  settings: DaySettings,
): { bounds: DayBounds; segment: Segment }[] => {
  const out: { bounds: DayBounds; segment: Segment }[] = [];
  let bounds = dayOf(segment.from, settings);
  let from = segment.from;
  for (;;) {
    const last = bounds.end - 1;
    if (segment.to <= last) {
      out.push({ bounds, segment: { from, to: segment.to, left: segment.left || segment.to === last } });
      return out;
    }
    out.push({ bounds, segment: { from, to: last, left: true } });
    from = bounds.end;
    bounds = dayOf(from, settings);
  }
};
