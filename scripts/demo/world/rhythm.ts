// When shoppers come: by weekday and hour of a shop that is open from 8 to 22. Times are branch-local; Việt Nam has
// one offset and no summer time, so a local day is a shift of UTC.

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
export const MINUTE_MS = 60_000;
const UTC_OFFSET_MS = 7 * HOUR_MS;

export const OPENS_AT = 8 * HOUR_MS;
export const CLOSES_AT = 22 * HOUR_MS;

/** Days since 1970-01-01 in local time. */
export type LocalDay = number;

export const localDayOf = (at: number): LocalDay => Math.floor((at + UTC_OFFSET_MS) / DAY_MS);
export const startOf = (day: LocalDay): number => day * DAY_MS - UTC_OFFSET_MS;
/** 0 is Sunday. */
export const weekdayOf = (day: LocalDay): number => (day + 4) % 7;

const BY_WEEKDAY = [1.25, 0.8, 0.85, 0.9, 0.95, 1.15, 1.35];
export const dayFactor = (day: LocalDay): number => BY_WEEKDAY[weekdayOf(day)] ?? 1;

// From 8 to 21: work days peak before work, at noon and after work; at weekends people come late and stay.
const WORK_DAY = [9, 7, 4, 5, 10, 7, 4, 4, 5, 9, 11, 9, 5, 2];
const WEEKEND = [3, 5, 8, 9, 8, 7, 7, 8, 9, 9, 10, 10, 7, 3];
const isWeekend = (day: LocalDay): boolean => weekdayOf(day) === 0 || weekdayOf(day) === 6;

/** Weight of each opening hour of that day; the first is 8 o'clock. */
export const hourWeights = (day: LocalDay): readonly number[] => (isWeekend(day) ? WEEKEND : WORK_DAY);
