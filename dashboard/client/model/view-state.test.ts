import { expect, test } from "vitest";
import { intervalFor, parseView, resolveRange, viewQuery } from "./view-state.ts";

const preset = (days: number) => ({ kind: "preset", days });

test.each([
  ["", { branchId: undefined, range: preset(28) }],
  ["?days=7&branch=b1", { branchId: "b1", range: preset(7) }],
  ["?days=8", { branchId: undefined, range: preset(28) }],
  [
    "?from=2026-11-01&to=2026-11-30",
    { branchId: undefined, range: { kind: "custom", from: "2026-11-01", to: "2026-11-30" } },
  ],
  ["?from=2026-11-30&to=2026-11-01", { branchId: undefined, range: preset(28) }],
  ["?from=2026-11-31&to=2026-12-01", { branchId: undefined, range: preset(28) }],
  ["?from=2020-01-01&to=2026-01-01", { branchId: undefined, range: preset(28) }],
  ["?from=2026-11-01", { branchId: undefined, range: preset(28) }],
])("the address %s shows what it says or the default, and never fails", (search, view) => {
  expect(parseView(search)).toEqual(view);
});

test.each(["?branch=b1&days=90", "?branch=b%261&from=2026-11-01&to=2026-11-02"])(
  "the address %s survives being read and written",
  (search) => {
    expect(viewQuery(parseView(search), undefined)).toBe(search);
  },
);

test("the language is carried along only if it was asked for", () => {
  expect(viewQuery(parseView(""), "en")).toBe("?days=28&lang=en");
});

test("a preset ends today and counts today", () => {
  expect(resolveRange({ kind: "preset", days: 7 }, "2026-11-21")).toEqual({
    from: "2026-11-15",
    to: "2026-11-21",
  });
});

test.each([
  ["2026-11-21", "2026-11-21", "day"],
  ["2026-08-22", "2026-11-21", "day"],
  ["2026-08-21", "2026-11-21", "week"],
  ["2025-11-21", "2026-11-21", "month"],
])("from %s to %s the columns are a %s each", (from, to, interval) => {
  expect(intervalFor(from, to)).toBe(interval);
});
