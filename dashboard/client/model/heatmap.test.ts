import { expect, test } from "vitest";
import { footfallRow } from "./footfall-row.fake.ts";
import { heatLevel, heatmap } from "./heatmap.ts";

const window = { from: "2026-11-02", to: "2026-11-15", today: "2026-11-20", dayStartHour: 4 };
const at = (day: string, hour: string): string => `${day}T${hour}:00:00+07:00`;

test("an hour is averaged over every such weekday of the window, also over those without a row", () => {
  const map = heatmap([footfallRow(at("2026-11-02", "09"), { visits: 6 })], window);
  expect(map.hours).toEqual([9]);
  expect(map.rows[0]).toEqual([3]);
  expect(map.max).toBe(3);
});

test("an hour after midnight stands at the end of the evening before", () => {
  const rows = [
    footfallRow(at("2026-11-07", "23"), { visits: 2 }),
    footfallRow(at("2026-11-08", "00"), { visits: 4 }),
  ];
  const map = heatmap(rows, window);
  expect(map.hours).toEqual([23, 0]);
  expect(map.rows[5]).toEqual([1, 2]);
  expect(map.rows[6]).toEqual([0, 0]);
});

test("the running day is left out, and a weekday that the window lacks is unknown and not zero", () => {
  const rows = [
    footfallRow(at("2026-11-02", "09"), { visits: 6 }),
    footfallRow(at("2026-11-03", "09"), { visits: 60 }),
  ];
  const map = heatmap(rows, { ...window, to: "2026-11-03", today: "2026-11-03" });
  expect(map.rows.map((row) => row[0])).toEqual([
    6,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test("no visits at all is an empty map", () => {
  expect(heatmap([footfallRow(at("2026-11-02", "09"))], window)).toMatchObject({ hours: [], max: 0 });
});

test.each([
  [0, 10, 0],
  [0.01, 10, 1],
  [5, 10, 3],
  [10, 10, 6],
  [3, 0, 0],
])("%d of %d has level %i", (value, max, level) => {
  expect(heatLevel(value, max)).toBe(level);
});
