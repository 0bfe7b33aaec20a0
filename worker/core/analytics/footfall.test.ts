import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DWELL_EDGES_MINUTES } from "../../../schema/definitions.ts";
import type { BusinessDay } from "../../../schema/ids.ts";
import type { HourCounts } from "../presence/footfall.ts";
import { type FootfallRow, rollUp, type StoredDay } from "./footfall.ts";
import { footfallQuality } from "./footfall-quality.ts";
import { daysIn, INTERVALS } from "./range.ts";

const day = (text: string) => text as BusinessDay;
const zone = (timezone: string) => ({ timezone, dayStartHour: 4 });
const SAIGON = zone("Asia/Ho_Chi_Minh");

const hour = (index: number, counts: Partial<HourCounts> = {}): HourCounts => ({
  hour: index,
  arrivals: 3,
  visits: 2,
  passers: 1,
  devices: 3,
  peakOccupancy: 2,
  estimatedVisits: 1,
  recognisedVisits: 1,
  engagedVisits: 1,
  dwell: [0, 2],
  ...counts,
});

const stored = (text: string, hours: HourCounts[], counts: Partial<StoredDay["counts"]> = {}): StoredDay => ({
  day: day(text),
  definitions: "2026-1",
  at: 1_000,
  counts: { hours, devices: 5, randomisedDevices: 2, peakOccupancy: 4, ...counts },
});

const times = (rows: readonly FootfallRow[]) => rows.map((row) => row.at);

describe("hours of a business day", () => {
  const cases: [zone: string, day: string, hours: number, first: string, last: string][] = [
    ["Asia/Ho_Chi_Minh", "2026-03-29", 24, "2026-03-29T04:00:00+07:00", "2026-03-30T03:00:00+07:00"],
    // The clocks go forward and back in the night that ends these days.
    ["Europe/Berlin", "2026-03-28", 23, "2026-03-28T04:00:00+01:00", "2026-03-29T03:00:00+02:00"],
    ["Europe/Berlin", "2026-10-24", 25, "2026-10-24T04:00:00+02:00", "2026-10-25T03:00:00+01:00"],
    ["America/New_York", "2026-03-07", 23, "2026-03-07T04:00:00-05:00", "2026-03-08T03:00:00-04:00"],
    ["America/New_York", "2026-10-31", 25, "2026-10-31T04:00:00-04:00", "2026-11-01T03:00:00-05:00"],
    ["Asia/Kolkata", "2026-03-29", 24, "2026-03-29T04:00:00+05:30", "2026-03-30T03:00:00+05:30"],
    // Half an hour less and more: the last hour is a half one, or a half hour is left over.
    ["Australia/Lord_Howe", "2026-04-04", 25, "2026-04-04T04:00:00+11:00", "2026-04-05T03:30:00+10:30"],
    ["Australia/Lord_Howe", "2026-10-03", 24, "2026-10-03T04:00:00+10:30", "2026-10-04T03:30:00+11:00"],
  ];
  test.each(cases)("%s on %s has %i of them", (timezone, text, count, first, last) => {
    const range = { from: day(text), to: day(text) };
    const rows = rollUp([stored(text, [hour(0), hour(count - 1)])], range, "hour", zone(timezone));
    expect(rows).toHaveLength(count);
    expect([rows[0]?.at, rows.at(-1)?.at]).toEqual([first, last]);
    expect(rows.map((row) => row.visits)).toEqual([2, ...Array.from({ length: count - 2 }, () => 0), 2]);
  });

  test("are left out for days without data", () => {
    const rows = rollUp(
      [stored("2026-11-02", [hour(6)])],
      { from: day("2026-11-01"), to: day("2026-11-03") },
      "hour",
      SAIGON,
    );
    expect(rows).toHaveLength(24);
    expect(rows[6]).toMatchObject({ at: "2026-11-02T10:00:00+07:00", visits: 2, devices: 3 });
  });
});

describe("longer intervals", () => {
  const range = { from: day("2026-10-30"), to: day("2026-11-03") };
  const days = [
    stored("2026-11-02", [hour(5), hour(6, { peakOccupancy: 9 })], { peakOccupancy: 9 }),
    stored("2026-10-31", [hour(7)]),
  ];

  test("have a row for every day, zeros where there is no data", () => {
    const rows = rollUp(days, range, "day", SAIGON);
    expect(times(rows)).toEqual(
      ["2026-10-30", "2026-10-31", "2026-11-01", "2026-11-02", "2026-11-03"].map(
        (d) => `${d}T04:00:00+07:00`,
      ),
    );
    expect(rows[0]).toMatchObject({
      visits: 0,
      devices: 0,
      peakOccupancy: 0,
      dwell: { medianMs: null, p90Ms: null },
    });
    expect(rows[3]).toMatchObject({
      arrivals: 6,
      visits: 4,
      passers: 2,
      engagedVisits: 2,
      devices: 5,
      peakOccupancy: 9,
    });
  });

  test("weeks start on Monday and months on the first, and sum devices to deviceDays", () => {
    const weeks = rollUp(days, range, "week", SAIGON);
    expect(times(weeks)).toEqual(["2026-10-26T04:00:00+07:00", "2026-11-02T04:00:00+07:00"]);
    expect(weeks.map((row) => [row.deviceDays, row.devices])).toEqual([
      [5, undefined],
      [5, undefined],
    ]);
    const months = rollUp(days, range, "month", SAIGON);
    expect(times(months)).toEqual(["2026-10-01T04:00:00+07:00", "2026-11-01T04:00:00+07:00"]);
    expect(months.map((row) => row.visits)).toEqual([2, 4]);
  });

  test("days outside of the range count nowhere", () => {
    for (const interval of INTERVALS) {
      const rows = rollUp(days, { from: day("2026-11-01"), to: day("2026-11-01") }, interval, SAIGON);
      expect(rows.reduce((sum, row) => sum + row.visits, 0)).toBe(0);
    }
  });
});

describe("any stored days", () => {
  const count = fc.nat({ max: 50 });
  const anyHour = fc.record({
    hour: fc.integer({ min: 0, max: 22 }),
    arrivals: count,
    visits: count,
    passers: count,
    devices: count,
    peakOccupancy: count,
    estimatedVisits: count,
    recognisedVisits: count,
    engagedVisits: count,
    dwell: fc.array(count, {
      minLength: DWELL_EDGES_MINUTES.length + 1,
      maxLength: DWELL_EDGES_MINUTES.length + 1,
    }),
  });
  const range = { from: day("2026-03-15"), to: day("2026-04-12") };
  const anyDay = fc.record({
    day: fc.constantFrom(...daysIn(range)),
    definitions: fc.constant("2026-1"),
    at: count,
    counts: fc.record({
      hours: fc.uniqueArray(anyHour, { maxLength: 6, selector: (value) => value.hour }),
      devices: count,
      randomisedDevices: count,
      peakOccupancy: count,
    }),
  });
  const anyDays = fc.uniqueArray(anyDay, { maxLength: 8, selector: (value) => value.day });

  test("add up to the same in every interval, in any order and any zone", () => {
    fc.assert(
      fc.property(
        anyDays,
        fc.constantFrom("Europe/Berlin", "America/New_York", "Asia/Kolkata"),
        (days, timezone) => {
          const hours = days.flatMap(({ counts }) => counts.hours);
          for (const interval of INTERVALS) {
            const rows = rollUp(days.toReversed(), range, interval, zone(timezone));
            for (const name of ["arrivals", "visits", "passers", "engagedVisits"] as const) {
              const expected = hours.reduce((sum, value) => sum + value[name], 0);
              expect(rows.reduce((sum, row) => sum + row[name], 0)).toBe(expected);
            }
            const inBuckets = rows
              .flatMap((row) => row.dwell.histogram)
              .reduce((sum, b) => sum + b.visits, 0);
            expect(inBuckets).toBe(
              hours.flatMap((value) => value.dwell).reduce((sum, value) => sum + value, 0),
            );
            expect(times(rows)).toEqual(times(rows).toSorted((a, b) => Date.parse(a) - Date.parse(b)));
            const devices = rows.reduce((sum, row) => sum + (row.deviceDays ?? row.devices ?? 0), 0);
            // Distinct devices of the hours do not add up to those of the day.
            const parts = interval === "hour" ? hours : days.map(({ counts }) => counts);
            expect(devices).toBe(parts.reduce((sum, part) => sum + part.devices, 0));
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe("quality of footfall", () => {
  test("is null throughout without data", () => {
    expect(footfallQuality([], "UTC")).toEqual({
      definitions: null,
      randomisedShare: null,
      estimatedShare: null,
      recognisedShare: null,
      freshAt: null,
    });
  });

  test("joins the distinct definitions and takes shares of what was counted", () => {
    const days = [
      stored("2026-11-01", [hour(1)]),
      { ...stored("2026-11-02", [hour(1)]), definitions: "2026-1+gapMs=600000", at: Date.UTC(2026, 10, 3) },
    ];
    expect(footfallQuality(days, "Asia/Kolkata")).toEqual({
      definitions: "2026-1 | 2026-1+gapMs=600000",
      randomisedShare: 0.4,
      estimatedShare: 0.5,
      recognisedShare: 0.5,
      freshAt: "2026-11-03T05:30:00+05:30",
    });
  });
});
