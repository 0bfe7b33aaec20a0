// What joins into one stay and what a stay counts as, at the exact edges of each definition.

import { describe, expect, test } from "vitest";
import { DEFAULT_DEFINITIONS } from "../../../schema/definitions.ts";
import type { Segment } from "./segments.ts";
import { settledAt, stays } from "./sessions.ts";

const MINUTE = 60_000;
const from = (start: number, end: number, left = true): Segment => ({
  from: start * MINUTE,
  to: end * MINUTE,
  left,
});
const of = (segments: Segment[], signInsAt: number[] = []) =>
  stays(
    segments,
    signInsAt.map((minute) => minute * MINUTE),
    DEFAULT_DEFINITIONS,
  ).map((stay) => ({ ...stay, from: stay.from / MINUTE, to: stay.to / MINUTE }));

describe("a stay", () => {
  test("bridges a gap of exactly 15 minutes and not a millisecond more", () => {
    expect(of([from(0, 10), from(25, 30)])).toMatchObject([{ from: 0, to: 30 }]);
    const later = { ...from(25, 30), from: 25 * MINUTE + 1 };
    expect(of([from(0, 10), later])).toHaveLength(2);
  });

  test("ends at the last activity, and is estimated if nobody saw that end", () => {
    expect(of([from(0, 10), from(12, 20, false)])).toMatchObject([{ to: 20, estimated: true }]);
    expect(of([from(0, 10, false), from(12, 20)])).toMatchObject([{ to: 20, estimated: false }]);
  });

  test("does not depend on the order in which its parts are given", () => {
    expect(of([from(25, 30), from(0, 10), from(5, 12)])).toEqual(
      of([from(0, 10), from(5, 12), from(25, 30)]),
    );
  });

  const kinds: [string, Segment[], number[], string][] = [
    ["of 5 minutes is a visit", [from(0, 5)], [], "visit"],
    ["a millisecond short of 5 minutes is a passer", [{ ...from(0, 5), to: 5 * MINUTE - 1 }], [], "passer"],
    ["of a moment is a passer", [from(3, 3)], [], "passer"],
    ["of 2 minutes with a sign-in is a visit", [from(0, 2)], [1], "visit"],
    ["with a sign-in at its first moment is a visit", [from(1, 2)], [1], "visit"],
    ["with a sign-in at its last moment is a visit", [from(0, 2)], [2], "visit"],
    ["is no visit by a sign-in after it", [from(0, 2)], [3], "passer"],
    ["with a sign-in inside a bridged gap is a visit", [from(0, 1), from(3, 4)], [2], "visit"],
    ["of 12 hours is a visit", [from(0, 720)], [], "visit"],
    ["longer than 12 hours is a fixture", [from(0, 721)], [], "fixture"],
    ["that gaps make longer than 12 hours is a fixture", [from(0, 400), from(410, 730)], [], "fixture"],
    ["of a fixture does not become a visit by a sign-in", [from(0, 721)], [5], "fixture"],
  ];
  test.each(kinds)("%s", (_, segments, signIns, kind) => {
    expect(of(segments, signIns)).toMatchObject([{ kind }]);
  });

  test("is settled when the gap after its end is past", () => {
    expect(settledAt({ to: 1_000 }, { gapMs: 500 })).toBe(1_501);
  });
});
