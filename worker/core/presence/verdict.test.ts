// What is judged by form and time alone, to the millisecond.

import { describe, expect, test } from "vitest";
import { DEFAULT_DEFINITIONS } from "../../../schema/definitions.ts";
import type { BusinessDay } from "../../../schema/ids.ts";
import { boundsOf } from "./day.ts";
import { closesAt, freezesAt, judge } from "./verdict.ts";

const NOW = Date.UTC(2026, 10, 2);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe("an observation", () => {
  const cases: [string, number, number, ReturnType<typeof judge>][] = [
    ["of a moment is accepted", NOW, NOW, null],
    ["that ends before it begins is invalid", NOW, NOW - 1, "invalid"],
    ["in fractions of a millisecond is invalid", NOW - 0.5, NOW, "invalid"],
    ["without a number is invalid", Number.NaN, NOW, "invalid"],
    ["without end is invalid", NOW, Infinity, "invalid"],
    ["before 1970 is invalid", -1, NOW, "invalid"],
    ["from 1970 that is short is left to the judgement of its day", 1_000, 2_000, null],
    ["from 1970 until now is invalid", 1_000, NOW, "invalid"],
    ["of 7 days is accepted", NOW - 7 * DAY, NOW, null],
    ["of more than 7 days is invalid", NOW - 7 * DAY - 1, NOW, "invalid"],
    ["5 minutes ahead of our clock is accepted", NOW, NOW + 5 * MINUTE, null],
    ["further ahead is of the future", NOW, NOW + 5 * MINUTE + 1, "future"],
    ["of 2099 is of the future", Date.UTC(2099, 0, 1), Date.UTC(2099, 0, 1), "future"],
  ];
  test.each(cases)("%s", (_, from, to, expected) => {
    expect(judge({ from, to }, NOW)).toBe(expected);
  });
});

test("a business day closes 36 hours and its recognised visits freeze 30 days after its end", () => {
  const bounds = boundsOf("2026-10-31" as BusinessDay, { timezone: "America/New_York", dayStartHour: 4 });
  expect(closesAt(bounds, DEFAULT_DEFINITIONS)).toBe(Date.parse("2026-11-01T09:00Z") + 1.5 * DAY);
  expect(freezesAt(bounds, DEFAULT_DEFINITIONS)).toBe(Date.parse("2026-11-01T09:00Z") + 30 * DAY);
});
