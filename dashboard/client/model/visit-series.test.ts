import { expect, test } from "vitest";
import { footfallRow } from "./footfall-row.fake.ts";
import { visitSeries } from "./visit-series.ts";

const at = (day: string): string => `${day}T04:00:00+07:00`;
const rows = [
  footfallRow(at("2026-11-03"), { visits: 5, passers: 2 }),
  footfallRow(at("2026-11-01"), { visits: 7, passers: 1 }),
];

test("a day without a row is zero and days stand in order", () => {
  const series = visitSeries(rows, {
    from: "2026-11-01",
    to: "2026-11-03",
    today: "2026-11-20",
    interval: "day",
  });
  expect(series).toEqual({
    interval: "day",
    days: ["2026-11-01", "2026-11-02", "2026-11-03"],
    visits: [7, 0, 5],
    passers: [1, 0, 2],
    tops: [8, 0, 7],
    runningIndex: -1,
  });
});

test("days after today are not drawn as zero, and today is marked as running", () => {
  const series = visitSeries(rows, {
    from: "2026-11-01",
    to: "2026-11-30",
    today: "2026-11-03",
    interval: "day",
  });
  expect(series.days).toHaveLength(3);
  expect(series.runningIndex).toBe(2);
});

test("weeks and months are shown as the API cut them", () => {
  const window = { from: "2026-10-30", to: "2026-11-09", today: "2026-11-20", interval: "week" } as const;
  expect(visitSeries(rows, window).days).toEqual(["2026-11-01", "2026-11-03"]);
});
