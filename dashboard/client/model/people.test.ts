import { expect, test } from "vitest";
import { changeOf, comparedPeriods } from "./change.ts";
import { comparisonRows } from "./comparison.ts";
import { retentionGrid } from "./retention-grid.ts";
import { frequencyRows, shareRows } from "./shares.ts";

test("the classes of frequency stand in their order, with zero where the answer names none", () => {
  const rows = frequencyRows([
    { visits: "10+", visitors: 1 },
    { visits: "1", visitors: 3 },
  ]);
  expect(rows.map((row) => [row.label, row.count])).toEqual([
    ["1", 3],
    ["2", 0],
    ["3", 0],
    ["4-5", 0],
    ["6-9", 0],
    ["10+", 1],
  ]);
  expect(rows[0]).toMatchObject({ share: 0.75, length: 1 });
});

test("shares of nobody are zero and not a division by zero", () => {
  expect(shareRows([{ label: "x", count: 0 }])).toEqual([{ label: "x", count: 0, share: 0, length: 0 }]);
});

test("every branch has a line, most visited first, also one that the answer does not name", () => {
  const branches = ["a", "b", "c"].map((id) => ({ id, name: `Branch ${id}`, timezone: "Asia/Ho_Chi_Minh" }));
  const answer = [
    { branchId: "a", visitors: 2, visits: 4, newVisitors: 1, returningVisitors: 1, medianDwellMs: null },
    { branchId: "b", visitors: 4, visits: 8, newVisitors: 4, returningVisitors: 0, medianDwellMs: null },
  ];
  const rows = comparisonRows(branches, answer);
  expect(rows.map((row) => row.branchId)).toEqual(["b", "a", "c"]);
  expect(rows.map((row) => row.length)).toEqual([1, 0.5, 0]);
  expect(rows.map((row) => row.visitsPerVisitor)).toEqual([2, 2, undefined]);
  expect(rows.map((row) => row.returningShare)).toEqual([0, 0.5, undefined]);
});

const period = (offset: number, visitors: number, complete = true) => ({
  offset,
  visitors,
  share: null,
  complete,
});

test("a week that has not come is unknown and never zero, and the newest cohort stands first", () => {
  const grid = retentionGrid([
    { cohort: "2026-10-26", visitors: 10, periods: [period(0, 10), period(1, 4), period(2, 0)] },
    { cohort: "2026-11-09", visitors: 5, periods: [period(0, 5, false)] },
    { cohort: "2026-11-02", visitors: 0, periods: [period(0, 0), period(1, 0)] },
  ]);
  expect(grid.offsets).toEqual([1, 2]);
  expect(grid.rows.map((row) => row.cells)).toEqual([
    [undefined, undefined],
    [
      { share: 0.4, state: "complete" },
      { share: 0, state: "complete" },
    ],
  ]);
  expect(grid.max).toBe(0.4);
});

test("a week that still runs is marked and does not set the scale", () => {
  const grid = retentionGrid([
    { cohort: "2026-10-26", visitors: 10, periods: [period(1, 2), period(2, 9, false)] },
  ]);
  expect(grid.rows[0]?.cells[1]).toEqual({ share: 0.9, state: "running" });
  expect(grid.max).toBe(0.2);
});

test.each([
  [110, 100, { direction: "up", by: 0.1 }],
  [90, 100, { direction: "down", by: 0.1 }],
  [1003, 1000, { direction: "same", by: 0 }],
  [5, 0, undefined],
  [0, 0, undefined],
])("from %2$d to %1$d", (current, previous, expected) => {
  const change = changeOf(current, previous);
  expect(change && { ...change, by: Number(change.by.toFixed(6)) }).toEqual(expected);
});

test("a running day is compared with nothing: both periods hold finished days only and are equally long", () => {
  expect(comparedPeriods("2026-11-15", "2026-11-21", "2026-11-21")).toEqual({
    current: { from: "2026-11-15", to: "2026-11-20" },
    before: { from: "2026-11-09", to: "2026-11-14" },
  });
  expect(comparedPeriods("2026-10-01", "2026-10-31", "2026-11-21")).toEqual({
    current: { from: "2026-10-01", to: "2026-10-31" },
    before: { from: "2026-08-31", to: "2026-09-30" },
  });
  expect(comparedPeriods("2026-11-21", "2026-11-21", "2026-11-21")).toBeUndefined();
});
