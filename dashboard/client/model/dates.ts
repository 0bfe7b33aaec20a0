// Calendar arithmetic on branch-local business days written as `YYYY-MM-DD`. It takes the time as an argument and
// never uses the browser's own time zone.

const DAY_MS = 86_400_000;

const toMs = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const fromMs = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(toMs(text)) && fromMs(toMs(text)) === text;

export const addDays = (day: string, count: number): string => fromMs(toMs(day) + count * DAY_MS);

/** How many days the inclusive range holds. */
export const spanDays = (from: string, to: string): number =>
  Math.round((toMs(to) - toMs(from)) / DAY_MS) + 1;

export const daysBetween = (from: string, to: string): string[] =>
  Array.from({ length: Math.max(0, spanDays(from, to)) }, (_, index) => addDays(from, index));

/** 0 is Monday, 6 is Sunday. */
export const weekdayOf = (day: string): number => (new Date(toMs(day)).getUTCDay() + 6) % 7;

/** The business day that a moment belongs to: before `dayStartHour` local time it is still yesterday's. */
export function businessDayAt(now: number, timezone: string, dayStartHour: number): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: timezone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    hourCycle: "h23",
  }).formatToParts(now);
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((candidate) => candidate.type === type)?.value ?? "";
  const day = `${part("year")}-${part("month")}-${part("day")}`;
  return Number(part("hour")) < dayStartHour ? addDays(day, -1) : day;
}

/** The business day and the local hour that a row's RFC 3339 time with offset names. */
export function localHour(at: string, dayStartHour: number): { day: string; hour: number } {
  const day = at.slice(0, 10);
  const hour = Number(at.slice(11, 13));
  return { day: hour < dayStartHour ? addDays(day, -1) : day, hour };
}
