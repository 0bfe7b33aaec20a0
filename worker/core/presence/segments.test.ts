// Unions and clips of intervals, the base of invariant 3: tables of the edges, then laws that hold for any input.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clip, sameSegments, type Segment, union } from "./segments.ts";

const here = (from: number, to: number): Segment => ({ from, to, left: false });
const gone = (from: number, to: number): Segment => ({ from, to, left: true });

describe("a union", () => {
  const cases: [string, Segment[], Segment[]][] = [
    ["of nothing is nothing", [], []],
    ["keeps what is apart, in order of time", [here(20, 30), gone(0, 10)], [gone(0, 10), here(20, 30)]],
    ["joins what overlaps", [gone(0, 10), here(5, 20)], [here(0, 20)]],
    ["joins what touches at one moment", [gone(0, 10), here(10, 20)], [here(0, 20)]],
    ["keeps neighbours a millisecond apart", [here(0, 10), here(11, 20)], [here(0, 10), here(11, 20)]],
    ["takes the end of the longer, not of the later", [gone(0, 30), here(5, 10)], [gone(0, 30)]],
    ["forgets a leave after which the token was still here", [gone(0, 10), here(0, 12)], [here(0, 12)]],
    ["of equal ends keeps the seen leave", [here(0, 10), gone(4, 10)], [gone(0, 10)]],
    ["of equal ends keeps the seen leave told first", [gone(0, 10), here(4, 10)], [gone(0, 10)]],
    ["knows a single moment", [here(5, 5), gone(5, 5)], [gone(5, 5)]],
  ];
  test.each(cases)("%s", (_, segments, expected) => {
    expect(union(segments)).toEqual(expected);
    expect(union(segments.toReversed())).toEqual(expected);
  });

  test("leaves its input as it was", () => {
    const input = Object.freeze([Object.freeze(here(5, 10)), Object.freeze(here(0, 7))]);
    expect(union(input)).toEqual([here(0, 10)]);
  });
});

describe("a clip", () => {
  const cases: [string, Segment[], { start: number; end: number }, Segment[]][] = [
    ["keeps what is inside, with its leave", [gone(10, 20)], { start: 10, end: 30 }, [gone(10, 20)]],
    ["cuts the beginning", [gone(10, 20)], { start: 15, end: 30 }, [gone(15, 20)]],
    [
      "ends before the window's end, and that is no leave",
      [gone(10, 20)],
      { start: 0, end: 15 },
      [here(10, 14)],
    ],
    [
      "takes a leave at the window's last moment as cut",
      [gone(10, 14)],
      { start: 0, end: 15 },
      [here(10, 14)],
    ],
    ["keeps the first moment of the window", [here(0, 10)], { start: 10, end: 15 }, [here(10, 10)]],
    ["drops what begins at the window's end", [here(15, 20)], { start: 0, end: 15 }, []],
    ["drops what ends before the window", [here(0, 9)], { start: 10, end: 15 }, []],
    ["may be open to the future", [gone(0, 20)], { start: 5, end: Infinity }, [gone(5, 20)]],
  ];
  test.each(cases)("%s", (_, segments, window, expected) => {
    expect(clip(segments, window)).toEqual(expected);
  });
});

const segmentsArb = fc.array(
  fc
    .tuple(fc.nat(30), fc.nat(8), fc.boolean())
    .map(([from, length, left]) => ({ from, to: from + length, left })),
  { maxLength: 8 },
);
const windowArb = fc.tuple(fc.nat(35), fc.nat(15)).map(([start, length]) => ({ start, end: start + length }));

test("a union of unions is the union of all, in whatever order they are joined", () => {
  fc.assert(
    fc.property(segmentsArb, segmentsArb, (a, b) => {
      const all = union([...a, ...b]);
      expect(union([...union(b), ...union(a)])).toEqual(all);
      expect(union([...b, ...b, ...a])).toEqual(all);
    }),
    { numRuns: 1_000 },
  );
});

test("clipping before or after the union gives the same", () => {
  fc.assert(
    fc.property(segmentsArb, windowArb, (segments, window) => {
      expect(union(clip(segments, window))).toEqual(clip(union(segments), window));
    }),
    { numRuns: 1_000 },
  );
});

test("clipping twice is clipping to what both windows share", () => {
  fc.assert(
    fc.property(segmentsArb, windowArb, windowArb, (segments, a, b) => {
      const both = { start: Math.max(a.start, b.start), end: Math.min(a.end, b.end) };
      expect(clip(clip(segments, a), b)).toEqual(clip(segments, both));
    }),
    { numRuns: 1_000 },
  );
});

test("segments are the same only if bounds, leaves and number agree", () => {
  expect(sameSegments([here(0, 1)], [here(0, 1)])).toBe(true);
  expect(sameSegments([here(0, 1)], [gone(0, 1)])).toBe(false);
  expect(sameSegments([here(0, 1)], [here(0, 2)])).toBe(false);
  expect(sameSegments([here(0, 1)], [here(0, 1), here(3, 4)])).toBe(false);
});
