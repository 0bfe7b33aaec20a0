// Business days by the branch's own clock, in zones whose days last 23, 23.5, 24, 24.5 and 25 hours.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BusinessDay } from "../../../schema/ids.ts";
import { addDays, boundsOf, cutByDay, daysBetween, dayOf, isoAt, monthOf, weekOf } from "./day.ts";

const HOUR = 3_600_000;
const day = (text: string): BusinessDay => text as BusinessDay;
const at = (text: string): number => Date.parse(text);
const four = (timezone: string) => ({ timezone, dayStartHour: 4 });

describe("a business day starts at the branch's hour and lasts as long as its clock says", () => {
  const cases: [string, string, number, string, string, number][] = [
    ["Asia/Ho_Chi_Minh", "2026-11-01", 4, "2026-10-31T21:00Z", "2026-11-01T21:00Z", 24],
    ["Asia/Ho_Chi_Minh", "2026-11-01", 0, "2026-10-31T17:00Z", "2026-11-01T17:00Z", 24],
    ["America/New_York", "2026-10-31", 4, "2026-10-31T08:00Z", "2026-11-01T09:00Z", 25],
    ["America/New_York", "2026-11-01", 4, "2026-11-01T09:00Z", "2026-11-02T09:00Z", 24],
    ["America/New_York", "2026-11-01", 0, "2026-11-01T04:00Z", "2026-11-02T05:00Z", 25],
    ["America/New_York", "2026-03-07", 4, "2026-03-07T09:00Z", "2026-03-08T08:00Z", 23],
    // 02:00 to 03:00 does not exist on that morning: the day starts at the hour's end.
    ["America/New_York", "2026-03-08", 2, "2026-03-08T07:00Z", "2026-03-09T06:00Z", 23],
    // 01:00 to 02:00 comes twice on that morning: the day starts at the first.
    ["America/New_York", "2026-11-01", 1, "2026-11-01T05:00Z", "2026-11-02T06:00Z", 25],
    ["Europe/Berlin", "2026-03-28", 4, "2026-03-28T03:00Z", "2026-03-29T02:00Z", 23],
    ["Europe/Berlin", "2026-10-24", 4, "2026-10-24T02:00Z", "2026-10-25T03:00Z", 25],
    ["Australia/Lord_Howe", "2026-04-04", 4, "2026-04-03T17:00Z", "2026-04-04T17:30Z", 24.5],
    ["Australia/Lord_Howe", "2026-10-03", 4, "2026-10-02T17:30Z", "2026-10-03T17:00Z", 23.5],
    ["Asia/Kathmandu", "2026-06-01", 4, "2026-05-31T22:15Z", "2026-06-01T22:15Z", 24],
  ];
  test.each(cases)("%s %s from %i o'clock", (timezone, name, dayStartHour, start, end, hours) => {
    const bounds = boundsOf(day(name), { timezone, dayStartHour });
    expect(bounds).toEqual({ day: name, start: at(start), end: at(end) });
    expect((bounds.end - bounds.start) / HOUR).toBe(hours);
  });
});

describe("a moment falls in one business day", () => {
  const cases: [string, string, string][] = [
    ["Asia/Ho_Chi_Minh", "2026-11-01T20:59:59.999Z", "2026-11-01"],
    ["Asia/Ho_Chi_Minh", "2026-11-01T21:00:00.000Z", "2026-11-02"],
    ["America/New_York", "2026-11-01T05:30Z", "2026-10-31"],
    ["America/New_York", "2026-11-01T06:30Z", "2026-10-31"],
    ["America/New_York", "2026-11-01T08:59Z", "2026-10-31"],
    ["America/New_York", "2026-11-01T09:00Z", "2026-11-01"],
    ["Australia/Lord_Howe", "2026-04-04T17:29Z", "2026-04-04"],
    ["Australia/Lord_Howe", "2026-04-04T17:30Z", "2026-04-05"],
  ];
  test.each(cases)("%s %s is %s", (timezone, moment, name) => {
    expect(dayOf(at(moment), four(timezone)).day).toBe(name);
  });

  test("which holds it, borders on the next and is named by its own date, in every zone and at every starting hour", () => {
    const zones = ["Asia/Ho_Chi_Minh", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe"];
    const settings = fc.record({
      timezone: fc.constantFrom(...zones, "America/St_Johns", "Africa/Casablanca", "Pacific/Apia"),
      dayStartHour: fc.integer({ min: 0, max: 12 }),
    });
    // From 2005 on, so that Apia's missing day (2011-12-30) is among them.
    const moments = fc.integer({ min: at("2005-01-01"), max: at("2032-01-01") });
    const near = fc
      .tuple(fc.constantFrom("2011-12-30T10:00Z", "2026-03-29T01:00Z", "2026-11-01T06:00Z"), fc.integer())
      .map(([when, offset]) => at(when) + (offset % (48 * HOUR)));
    fc.assert(
      fc.property(settings, fc.oneof(moments, near), (branch, moment) => {
        const bounds = dayOf(moment, branch);
        expect(bounds.start).toBeLessThanOrEqual(moment);
        expect(moment).toBeLessThan(bounds.end);
        expect(dayOf(bounds.start, branch)).toEqual(bounds);
        expect(dayOf(bounds.end - 1, branch)).toEqual(bounds);
        expect(dayOf(bounds.end, branch).start).toBe(bounds.end);
        expect(boundsOf(bounds.day, branch)).toEqual(bounds);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("cutting an interval by business day", () => {
  const vietnam = four("Asia/Ho_Chi_Minh");
  const turn = at("2026-11-01T21:00Z");

  test("leaves one that fits as it is", () => {
    const segment = { from: turn - 9, to: turn - 2, left: false };
    expect(cutByDay(segment, vietnam)).toEqual([{ bounds: boundsOf(day("2026-11-01"), vietnam), segment }]);
  });

  test("ends it a millisecond before the day does, and being there then is an end that was seen", () => {
    const parts = cutByDay({ from: turn - 5, to: turn + 5, left: false }, vietnam);
    expect(parts.map(({ bounds, segment }) => [bounds.day, segment])).toEqual([
      ["2026-11-01", { from: turn - 5, to: turn - 1, left: true }],
      ["2026-11-02", { from: turn, to: turn + 5, left: false }],
    ]);
  });

  test("takes one that ends with the day like one that was cut there", () => {
    const [part] = cutByDay({ from: turn - 5, to: turn - 1, left: false }, vietnam);
    expect(part?.segment.left).toBe(true);
  });

  test("gives a day of its own to a single moment at the day's start", () => {
    const [part, ...rest] = cutByDay({ from: turn, to: turn, left: true }, vietnam);
    expect([part?.bounds.day, rest]).toEqual(["2026-11-02", []]);
  });

  test("covers the whole interval over several days, those of 23 and 25 hours among them", () => {
    const berlin = four("Europe/Berlin");
    const from = at("2026-10-23T12:00Z");
    const parts = cutByDay({ from, to: from + 4 * 24 * HOUR, left: false }, berlin);
    expect(parts.map(({ bounds }) => bounds.day)).toEqual(
      ["23", "24", "25", "26", "27"].map((date) => `2026-10-${date}`),
    );
    parts
      .slice(1)
      .forEach(({ segment }, index) => expect(segment.from).toBe((parts[index]?.segment.to ?? 0) + 1));
  });
});

test("days are counted by the calendar", () => {
  expect(addDays(day("2026-02-28"), 1)).toBe("2026-03-01");
  expect(addDays(day("2026-01-01"), -1)).toBe("2025-12-31");
  expect(weekOf(day("2026-11-01"))).toBe("2026-10-26");
  expect(weekOf(day("2026-11-02"))).toBe("2026-11-02");
  expect(monthOf(day("2026-11-30"))).toBe("2026-11-01");
  expect(daysBetween(day("2026-10-30"), day("2026-11-02"))).toBe(3);
});

test("a moment is written with the branch's offset at that moment", () => {
  expect(isoAt(at("2026-11-01T05:30Z"), "America/New_York")).toBe("2026-11-01T01:30:00-04:00");
  expect(isoAt(at("2026-11-01T06:30Z"), "America/New_York")).toBe("2026-11-01T01:30:00-05:00");
  expect(isoAt(at("2026-07-01T00:00:00.999Z"), "Australia/Lord_Howe")).toBe("2026-07-01T10:30:00+10:30");
});
