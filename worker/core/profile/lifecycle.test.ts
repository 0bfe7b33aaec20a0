import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { daysBetween } from "../presence/day.ts";
import type { BusinessDay } from "../../../schema/ids.ts";
import { dayNumber } from "./day-number.ts";
import { lifecycleOf, type Occasion, type Stage } from "./lifecycle.ts";
import { gapsOf, typicalGap } from "./typical-gap.ts";

const DAY_MS = 86_400_000;
const FIRST = Date.UTC(2026, 0, 1, 5);
const at = (day: number): number => FIRST + day * DAY_MS;
const date = (day: number): string => new Date(at(day)).toISOString().slice(0, 10);
const on = (...days: number[]): Occasion[] => days.map((day) => ({ day: date(day), at: at(day) }));

describe("the lifecycle", () => {
  it.each<[string, number[], number, Stage, number | null]>([
    ["nobody who never came", [], 500, "stranger", null],
    ["is new after the first day", [0], 30, "new", 0],
    ["lapses a month after the only day", [0], 31, "lapsing", 30],
    ["is lost three months after the only day", [0], 91, "lost", 90],
    ["is active from the second day on", [0, 10], 20, "active", 10],
    ["is regular from the fourth day on", [0, 10, 20, 30], 35, "regular", 30],
    ["stays regular since the fourth day", [0, 10, 20, 30, 40, 50], 55, "regular", 30],
    ["is not regular at long intervals", [0, 50, 100, 150], 160, "active", 50],
    ["lapses at twice its own gap", [0, 20, 40, 60, 80], 121, "lapsing", 120],
    ["does not lapse within twice its own gap", [0, 20, 40, 60, 80], 120, "regular", 60],
    ["a weekly guest has a month", [0, 7, 14, 21], 51, "regular", 21],
    ["a weekly guest lapses after a month", [0, 7, 14, 21], 52, "lapsing", 51],
    ["is lost at four times its own gap", [0, 30, 60, 90], 211, "lost", 210],
    ["comes back as what it is", [0, 10, 20, 30, 100], 110, "regular", 100],
    ["comes back from being lost", [0, 200], 210, "active", 200],
  ])("%s", (_, days, now, stage, since) => {
    expect(lifecycleOf(on(...days), at(now))).toEqual({ stage, since: since === null ? null : at(since) });
  });

  it("takes several occasions of one day for one, at the first of them", () => {
    const same = [0, 1, 2].map((hour) => ({ day: date(0), at: at(0) + hour * 3_600_000 }));
    expect(lifecycleOf(same, at(1))).toEqual({ stage: "new", since: at(0) });
  });

  it("does not know what is yet to come", () => {
    expect(lifecycleOf(on(0, 10, 20, 30), at(5))).toEqual({ stage: "new", since: at(0) });
  });

  const days = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 40 });

  it("does not depend on order or repeats, and only silence makes it worse", () => {
    fc.assert(
      fc.property(
        days,
        fc.integer({ min: 0, max: 900 }),
        fc.integer({ min: 0, max: 400 }),
        (some, now, later) => {
          const known = lifecycleOf(on(...some), at(now));
          expect(lifecycleOf(on(...some.toReversed(), ...some), at(now))).toEqual(known);
          expect(known.since === null || known.since <= at(now)).toBe(true);
          // Nothing that comes later changes what was so before.
          const then = some.filter((day) => day <= now);
          expect(lifecycleOf(on(...then, ...some.map(() => now + later + 1)), at(now))).toEqual(known);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe("the usual gap", () => {
  it.each<[number[], number | null]>([
    [[], null],
    [[3], null],
    [[3, 10], 7],
    [[0, 1, 3], 1.5],
    [[0, 1, 2, 100], 1],
    [[0, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110], 1],
  ])("of the days %j is %s", (some, gap) => {
    expect(typicalGap(gapsOf(some))).toBe(gap);
  });

  it("counts days as the calendar does", () => {
    const anyDate = fc
      .date({ min: new Date("1990-01-01"), max: new Date("2110-01-01"), noInvalidDate: true })
      .map((value) => value.toISOString().slice(0, 10) as BusinessDay);
    fc.assert(
      fc.property(anyDate, anyDate, (a, b) => {
        expect(dayNumber(b) - dayNumber(a)).toBe(daysBetween(a, b));
      }),
      { numRuns: 1_000 },
    );
  });
});
