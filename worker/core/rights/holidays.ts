// Public holidays of Vietnam (Labour Code 2019 art. 112), as `YYYY-MM-DD`. Only days that are certain: a day too few makes
// a request due earlier, never later. A brand adds what the government announces besides (docs/operations.md).

import { Temporal } from "temporal-polyfill";

/** The same each year; one on a weekend is made up for on the next working day (art. 111.3). */
const EVERY_YEAR = ["01-01", "04-30", "05-01", "09-02"];

/**
 * Tết (of the five days those that are off however the employer lays them, with the days that make up for a weekend), Hùng
 * Kings (10th of the 3rd lunar month, or the day that makes up for it), and the day beside 2 September where it is known.
 * From the lunar calendar at UTC+7: Tết is on 17 Feb 2026, 6 Feb 2027 and 26 Jan 2028; 2026 as announced by the Ministry of
 * Home Affairs.
 */
const BY_YEAR: Readonly<Record<number, readonly string[]>> = {
  2026: ["02-16", "02-17", "02-18", "02-19", "02-20", "04-27", "09-01"],
  2027: ["02-05", "02-08", "02-09", "02-10", "04-16"],
  2028: ["01-25", "01-26", "01-27", "01-28", "04-04"],
};

/** `day`: midnight of the date in UTC. */
const dateOf = (day: number): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(day).toZonedDateTimeISO("UTC").toPlainDate();

const isFree = (date: Temporal.PlainDate): boolean => date.dayOfWeek > 5;
export const isWeekend = (day: number): boolean => isFree(dateOf(day));

const made = (year: number): ReadonlySet<string> => {
  const fixed = EVERY_YEAR.map((date) => Temporal.PlainDate.from(`${year}-${date}`));
  const days = new Set([...(BY_YEAR[year] ?? []).map((date) => `${year}-${date}`), ...fixed.map(String)]);
  for (const date of fixed.filter(isFree)) {
    let next = date.add({ days: 1 });
    while (isFree(next) || days.has(next.toString())) next = next.add({ days: 1 });
    days.add(next.toString());
  }
  return days;
};

/** `more`: what the brand added, as `YYYY-MM-DD`. */
export const isHoliday = (day: number, more: readonly string[]): boolean => {
  const date = dateOf(day);
  return made(date.year).has(date.toString()) || more.includes(date.toString());
};
