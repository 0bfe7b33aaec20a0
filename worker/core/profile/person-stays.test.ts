import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeviceVisit } from "./facts.ts";
import { personStays } from "./person-stays.ts";

const MINUTE = 60_000;
const RULES = { gapMs: 15 * MINUTE, minDwellMs: 5 * MINUTE };
const seen = (from: number, to: number, day = "2026-10-10"): DeviceVisit => ({
  day,
  startedAt: from * MINUTE,
  endedAt: to * MINUTE,
  counted: to - from >= 5,
});

describe("a person's stays", () => {
  it.each<[string, DeviceVisit[], [from: number, to: number][]]>([
    ["two devices at once are one visit", [seen(0, 30), seen(2, 40)], [[0, 40]]],
    ["devices that follow each other are one visit", [seen(0, 30), seen(45, 60)], [[0, 60]]],
    [
      "more than the gap apart they are two",
      [seen(0, 30), seen(46, 60)],
      [
        [0, 30],
        [46, 60],
      ],
    ],
    ["a device inside another does not end it", [seen(0, 60), seen(5, 10), seen(70, 80)], [[0, 80]]],
    ["a passer is no visit", [seen(0, 4)], []],
    ["two passers make one when they last together", [seen(0, 3), seen(4, 7)], [[0, 7]]],
    ["two passers at once do not", [seen(0, 3), seen(1, 4)], []],
    [
      "no stay spans two days",
      [seen(0, 30), seen(31, 60, "2026-10-11")],
      [
        [0, 30],
        [31, 60],
      ],
    ],
  ])("%s", (_, visits, stays) => {
    const found = personStays(visits, RULES).map(({ startedAt, endedAt }) => [
      startedAt / MINUTE,
      endedAt / MINUTE,
    ]);
    expect(found).toEqual(stays);
  });

  it("do not depend on the order in which devices were told", () => {
    const visits = fc.array(
      fc
        .record({
          from: fc.integer({ min: 0, max: 120 }),
          long: fc.integer({ min: 0, max: 40 }),
          late: fc.boolean(),
        })
        .map(({ from, long, late }) => seen(from, from + long, late ? "2026-10-11" : "2026-10-10")),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        visits.chain((some) =>
          fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
        ),
        ([some, shuffled]) => {
          expect(personStays(shuffled, RULES)).toEqual(personStays(some, RULES));
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
