// The counts of a business day, each at the edge at which it changes.

import { describe, expect, test } from "vitest";
import { DEFAULT_DEFINITIONS, DWELL_EDGES_MINUTES } from "../../../schema/definitions.ts";
import type { BusinessDay } from "../../../schema/ids.ts";
import { boundsOf, HOUR_MS } from "./day.ts";
import { countDay, type DayDevice, dwellBucket } from "./footfall.ts";

const MINUTE = 60_000;
const DAY = boundsOf("2026-11-02" as BusinessDay, { timezone: "Asia/Ho_Chi_Minh", dayStartHour: 4 });
const AFTER = DAY.end + HOUR_MS;

type Stretch = [fromMinute: number, toMinute: number];
const device = (stretches: Stretch[], more: Partial<DayDevice> = {}): DayDevice => ({
  segments: stretches.map(([from, to]) => ({
    from: DAY.start + from * MINUTE,
    to: DAY.start + to * MINUTE,
    left: true,
  })),
  signInsAt: [],
  randomised: false,
  recognised: false,
  ...more,
});
const count = (devices: DayDevice[], now = AFTER) => countDay(devices, DAY, DEFAULT_DEFINITIONS, now).counts;

describe("the footfall of a day", () => {
  test("without anybody has no hours", () => {
    expect(count([])).toEqual({ hours: [], devices: 0, randomisedDevices: 0, peakOccupancy: 0 });
  });

  test("counts a visit in the hour in which it starts, and the device in every hour it touches", () => {
    const { hours } = count([device([[50, 130]])]);
    expect(hours.map(({ hour, arrivals, visits, devices }) => [hour, arrivals, visits, devices])).toEqual([
      [0, 1, 1, 1],
      [1, 0, 0, 1],
      [2, 0, 0, 1],
    ]);
  });

  test("counts a device as present during a gap that its stay bridges", () => {
    const { hours } = count([
      device([
        [50, 58],
        [70, 75],
      ]),
    ]);
    expect(hours.map(({ hour, devices, peakOccupancy }) => [hour, devices, peakOccupancy])).toEqual([
      [0, 1, 1],
      [1, 1, 1],
    ]);
  });

  test("counts a device once that comes twice", () => {
    const counts = count([
      device([
        [0, 10],
        [40, 50],
        [70, 80],
      ]),
    ]);
    expect(counts.devices).toBe(1);
    expect(counts.hours.map(({ visits, devices }) => [visits, devices])).toEqual([
      [2, 1],
      [1, 1],
    ]);
  });

  test("tells visits, passers and engaged visits apart, and leaves fixtures out of everything", () => {
    const counts = count([
      device([[0, 4]]),
      device([[0, 5]]),
      device([[0, 15]], { recognised: true }),
      device([[0, 721]]),
      device([[0, 4]], { signInsAt: [DAY.start + MINUTE] }),
    ]);
    const expected = {
      arrivals: 4,
      visits: 3,
      passers: 1,
      engagedVisits: 1,
      recognisedVisits: 1,
      devices: 4,
    };
    expect(counts.hours).toMatchObject([expected]);
    expect(counts).toMatchObject({ devices: 4, peakOccupancy: 4 });
  });

  test("says how many devices show a randomised address and how many ends were not seen", () => {
    const unseen = device([[0, 30]], { randomised: true });
    const counts = count([
      { ...unseen, segments: unseen.segments.map((segment) => ({ ...segment, left: false })) },
      device([[0, 30]]),
    ]);
    expect(counts).toMatchObject({
      devices: 2,
      randomisedDevices: 1,
      hours: [{ visits: 2, estimatedVisits: 1 }],
    });
  });

  test("has a passer, a dwell and an estimated end only once they are settled, a visit as soon as it is long enough", () => {
    const devices = [device([[0, 2]]), device([[0, 10]])];
    const early = countDay(devices, DAY, DEFAULT_DEFINITIONS, DAY.start + 17 * MINUTE);
    expect(early.unsettled).toBe(true);
    expect(early.counts.hours).toMatchObject([{ arrivals: 2, visits: 1, passers: 0 }]);
    expect(early.counts.hours[0]?.dwell.every((n) => n === 0)).toBe(true);
    const late = countDay(devices, DAY, DEFAULT_DEFINITIONS, DAY.start + 25 * MINUTE + 1);
    expect(late.unsettled).toBe(false);
    expect(late.counts.hours).toMatchObject([{ arrivals: 2, visits: 1, passers: 1 }]);
    expect(late.counts.hours[0]?.dwell.reduce((sum, n) => sum + n, 0)).toBe(1);
  });
});

describe("the peak occupancy", () => {
  test("is the most devices at one moment", () => {
    expect(count([device([[0, 20]]), device([[10, 30]]), device([[25, 40]])]).peakOccupancy).toBe(2);
  });

  test("counts two who meet at one moment, and not two who miss each other by a millisecond", () => {
    expect(count([device([[0, 10]]), device([[10, 20]])]).peakOccupancy).toBe(2);
    const later = device([[10, 20]]);
    const missed = { ...later, segments: later.segments.map((s) => ({ ...s, from: s.from + 1 })) };
    expect(count([device([[0, 10]]), missed]).peakOccupancy).toBe(1);
  });

  test("of an hour leaves out who was gone when it began and has who is still there", () => {
    const gone = device([[30, 60]]);
    const before = { ...gone, segments: gone.segments.map((s) => ({ ...s, to: s.to - 1 })) };
    const { hours } = count([before, device([[40, 100]])]);
    expect(hours.map(({ peakOccupancy, devices }) => [peakOccupancy, devices])).toEqual([
      [2, 2],
      [1, 1],
    ]);
  });
});

describe("an hour", () => {
  test("is counted from the day's start, so a day of 24 hours and a half has a short last one", () => {
    const settings = { timezone: "Australia/Lord_Howe", dayStartHour: 4 };
    const long = boundsOf("2026-04-04" as BusinessDay, settings);
    const last = { from: long.end - 10 * MINUTE, to: long.end - 1, left: true };
    const one = { segments: [last], signInsAt: [], randomised: false, recognised: false };
    const { counts } = countDay([one], long, DEFAULT_DEFINITIONS, long.end + HOUR_MS);
    expect(counts.hours).toMatchObject([{ hour: 24, visits: 1, devices: 1, peakOccupancy: 1 }]);
  });

  test.each([
    ["America/New_York", "2026-10-31", 24],
    ["America/New_York", "2026-03-07", 22],
    ["Europe/Berlin", "2026-03-28", 22],
    ["Asia/Ho_Chi_Minh", "2026-11-02", 23],
  ])("of %s on %s is at most the %ith", (timezone, name, lastHour) => {
    const bounds = boundsOf(name as BusinessDay, { timezone, dayStartHour: 4 });
    const one = {
      segments: [{ from: bounds.end - 1, to: bounds.end - 1, left: true }],
      signInsAt: [],
      randomised: false,
      recognised: false,
    };
    const { counts } = countDay([one], bounds, DEFAULT_DEFINITIONS, bounds.end + HOUR_MS);
    expect(counts.hours.map(({ hour }) => hour)).toEqual([lastHour]);
  });
});

test("a dwell falls in the bucket whose upper edge it has not reached; the last is open", () => {
  const table: [number, number][] = [
    [0, 0],
    [5 * MINUTE - 1, 0],
    [5 * MINUTE, 1],
    [15 * MINUTE, DWELL_EDGES_MINUTES.indexOf(15) + 1],
    [720 * MINUTE - 1, DWELL_EDGES_MINUTES.length - 1],
    [720 * MINUTE, DWELL_EDGES_MINUTES.length],
  ];
  for (const [dwell, bucket] of table) expect(dwellBucket(dwell)).toBe(bucket);
});
