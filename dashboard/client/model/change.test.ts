// When a period may be compared with the one before.

import { expect, test } from "vitest";
import { countedFromStart } from "./change.ts";

const rows = (...arrivals: number[]) => arrivals.map((n) => ({ arrivals: n }));

const cases: [string, ReturnType<typeof rows>, boolean][] = [
  ["that was counted from its first day", rows(5, 6, 7), true],
  ["whose first day nobody came", rows(0, 6, 7), true],
  ["that began long before counting did", rows(0, 0, 0, 0, 0, 0, 0, 0, 3, 9), false],
  ["in which nobody was counted", rows(0, 0, 0), false],
  ["without any row", [], false],
];
test.each(cases)("a period %s", (_, given, expected) => {
  expect(countedFromStart(given)).toBe(expected);
});
