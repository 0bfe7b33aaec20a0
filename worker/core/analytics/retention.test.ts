import { describe, expect, test } from "vitest";
import type { BusinessDay } from "../../../schema/ids.ts";
import { lastDayOf, periodOf, periodsBetween } from "./range.ts";
import { cohortsOf } from "./retention.ts";

const day = (text: string) => text as BusinessDay;

describe("periods", () => {
  test.each([
    ["2026-11-01", "week", "2026-10-26", "2026-11-01"],
    ["2026-11-02", "week", "2026-11-02", "2026-11-08"],
    ["2026-12-31", "month", "2026-12-01", "2026-12-31"],
    ["2028-02-10", "month", "2028-02-01", "2028-02-29"],
  ] as const)("%s lies in the %s from %s to %s", (text, period, first, last) => {
    expect(periodOf(day(text), period)).toBe(first);
    expect(lastDayOf(day(first), period)).toBe(last);
  });

  test("are counted across years", () => {
    expect(periodsBetween(day("2026-11-01"), day("2027-02-01"), "month")).toBe(3);
    expect(periodsBetween(day("2026-12-28"), day("2027-01-11"), "week")).toBe(2);
  });
});

describe("cohorts", () => {
  const range = { from: day("2026-10-05"), to: day("2026-10-22") };

  test("have every period to the end of the range, and say which are not over", () => {
    const counts = [
      { cohort: day("2026-10-05"), period: day("2026-10-05"), visitors: 4 },
      { cohort: day("2026-10-05"), period: day("2026-10-19"), visitors: 1 },
      { cohort: day("2026-10-12"), period: day("2026-10-12"), visitors: 3 },
    ];
    expect(cohortsOf(counts, range, "week", day("2026-11-30"))).toEqual([
      {
        cohort: "2026-10-05",
        visitors: 4,
        periods: [
          { offset: 0, visitors: 4, share: 1, complete: true },
          { offset: 1, visitors: 0, share: 0, complete: true },
          { offset: 2, visitors: 1, share: 0.25, complete: false },
        ],
      },
      {
        cohort: "2026-10-12",
        visitors: 3,
        periods: [
          { offset: 0, visitors: 3, share: 1, complete: true },
          { offset: 1, visitors: 0, share: 0, complete: false },
        ],
      },
    ]);
  });

  test("of a period that is still running are not complete", () => {
    const counts = [{ cohort: day("2026-10-05"), period: day("2026-10-05"), visitors: 4 }];
    const [cohort] = cohortsOf(counts, range, "week", day("2026-10-11"));
    expect(cohort?.periods.map((period) => period.complete)).toEqual([false, false, false]);
  });
});
