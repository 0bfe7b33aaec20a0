import { expect, test } from "vitest";
import { nextTryAt, SCHEDULE_MS } from "./schedule.ts";

const HOUR = 3_600_000;
const tried = { tries: 1, now: 1_000_000, askedMs: null, random: 0.5 };

test.each([
  [1, 5_000],
  [2, 5 * 60_000],
  [3, 30 * 60_000],
  [4, 2 * HOUR],
  [5, 5 * HOUR],
  [6, 10 * HOUR],
  [7, 14 * HOUR],
  [8, 20 * HOUR],
  [9, 24 * HOUR],
])("after %i tries the next one waits %i ms", (tries, wait) =>
  expect(nextTryAt({ ...tried, tries })).toBe(tried.now + wait),
);

test("the tenth try is the last", () => {
  expect(SCHEDULE_MS).toHaveLength(10);
  expect(nextTryAt({ ...tried, tries: 10 })).toBeNull();
});

test("jitter moves a try by a tenth at most, either way", () => {
  expect(nextTryAt({ ...tried, tries: 4, random: 0 })).toBe(tried.now + 1.8 * HOUR);
  expect(nextTryAt({ ...tried, tries: 4, random: 1 })).toBe(tried.now + 2.2 * HOUR);
});

test("a receiver may ask for more time, for a day at most, and never for less", () => {
  expect(nextTryAt({ ...tried, askedMs: 60_000 })).toBe(tried.now + 60_000);
  expect(nextTryAt({ ...tried, askedMs: 400 * HOUR })).toBe(tried.now + 24 * HOUR);
  expect(nextTryAt({ ...tried, tries: 4, askedMs: 1_000 })).toBe(tried.now + 2 * HOUR);
});
