import { expect, test } from "vitest";
import { barChart, sparkline } from "./charts.ts";

test("a sparkline has one character a value and its highest at the most", () => {
  expect(sparkline([0, 1, 4, 8])).toBe(" ▁▄█");
  expect(sparkline([0, 0])).toBe("  ");
});

test("bars share one scale, and labels with Vietnamese letters align", () => {
  const chart = barChart(
    ["Quận 1", "Đà Nẵng"],
    [
      { label: "08", values: [10, 5] },
      { label: "09", values: [0, 1] },
    ],
    10,
  );
  expect(chart.split("\n")).toEqual([
    "    Quận 1          Đà Nẵng",
    "08  ██████████ 10   █████ 5",
    "09   0              █ 1",
  ]);
});
