import { expect, test } from "vitest";
import { addDays, businessDayAt, daysBetween, isDay, localHour, spanDays, weekdayOf } from "./dates.ts";

test.each([
  ["2026-11-21T15:20:00+07:00", "Asia/Ho_Chi_Minh", "2026-11-21"],
  ["2026-11-22T03:59:59+07:00", "Asia/Ho_Chi_Minh", "2026-11-21"],
  ["2026-11-22T04:00:00+07:00", "Asia/Ho_Chi_Minh", "2026-11-22"],
  ["2026-01-01T01:00:00+07:00", "Asia/Ho_Chi_Minh", "2025-12-31"],
  // The clocks of Berlin go back at 03:00 on this night and forward at 02:00 on the other.
  ["2026-10-25T03:30:00+01:00", "Europe/Berlin", "2026-10-24"],
  ["2026-10-25T04:00:00+01:00", "Europe/Berlin", "2026-10-25"],
  ["2026-03-29T04:00:00+02:00", "Europe/Berlin", "2026-03-29"],
  ["2026-03-29T03:59:00+02:00", "Europe/Berlin", "2026-03-28"],
])("at %s in %s the business day is %s", (at, timezone, day) => {
  expect(businessDayAt(Date.parse(at), timezone, 4)).toBe(day);
});

test.each([
  ["2026-11-21T00:00:00+07:00", "2026-11-20", 0],
  ["2026-11-21T04:00:00+07:00", "2026-11-21", 4],
  ["2026-11-21T23:00:00+07:00", "2026-11-21", 23],
])("the row of %s belongs to %s and hour %i whatever the browser's zone", (at, day, hour) => {
  expect(localHour(at, 4)).toEqual({ day, hour });
});

test.each([
  ["2026-02-28", true],
  ["2026-02-29", false],
  ["2026-2-1", false],
  ["", false],
  ["tomorrow", false],
])("%s is a day: %s", (text, expected) => {
  expect(isDay(text)).toBe(expected);
});

test("ranges are inclusive and cross months, years and leap days", () => {
  expect(daysBetween("2024-02-28", "2024-03-01")).toEqual(["2024-02-28", "2024-02-29", "2024-03-01"]);
  expect(daysBetween("2026-01-02", "2026-01-01")).toEqual([]);
  expect(spanDays("2025-12-31", "2026-01-01")).toBe(2);
  expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
});

test("weeks begin on Monday", () => {
  expect(["2026-11-16", "2026-11-21", "2026-11-22"].map(weekdayOf)).toEqual([0, 5, 6]);
});
