// Who counts as present now.

import { expect, test } from "vitest";
import { DEFAULT_DEFINITIONS } from "../../../schema/definitions.ts";
import { isPresent } from "./occupancy.ts";
import type { Segment } from "./segments.ts";

const MINUTE = 60_000;
const NOW = 1_000 * MINUTE;
const until = (minutesAgo: number, left = false, lengthMinutes = 5): Segment => ({
  from: NOW - (minutesAgo + lengthMinutes) * MINUTE,
  to: NOW - minutesAgo * MINUTE,
  left,
});

const cases: [string, Segment[], boolean][] = [
  ["that was never seen is not here", [], false],
  ["seen a moment ago is here", [until(0)], true],
  ["seen 9 minutes ago that nobody saw leave is here", [until(9)], true],
  ["last seen 10 minutes ago is not here any more", [until(10)], false],
  ["that was seen leaving is not here", [until(1, true)], false],
  ["that left and came back is here", [until(30, true), until(1)], true],
  ["that came back and left again is not here", [until(30), until(1, true)], false],
  ["seen by a router whose clock runs a little ahead is here", [until(-2)], true],
  ["seen without a break for 12 hours is here", [until(0, false, 720)], true],
  [
    "seen for longer with a gap short enough to be one stay is a fixture and not here",
    [until(400, false, 400), until(0, false, 390)],
    false,
  ],
  ["seen without a break for longer is a fixture and not here", [until(0, false, 721)], false],
];
test.each(cases)("a device %s", (_, segments, expected) => {
  expect(isPresent(segments, NOW, DEFAULT_DEFINITIONS)).toBe(expected);
});
