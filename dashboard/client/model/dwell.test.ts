import { expect, test } from "vitest";
import { medianDwellMs } from "./dwell.ts";
import { footfallRow } from "./footfall-row.fake.ts";

const MINUTE = 60_000;
const row = (...histogram: [number, number][]) =>
  footfallRow("2026-11-01T04:00:00+07:00", {
    dwell: {
      medianMs: 1,
      p90Ms: 1,
      histogram: histogram.map(([from, visits]) => ({ fromMs: from * MINUTE, visits })),
    },
  });

test.each([
  ["nothing", [], undefined],
  ["days without visits", [row([5, 0])], undefined],
  ["one bucket", [row([30, 10])], 32.5],
  ["half below a bucket's edge", [row([5, 5], [30, 5])], 6],
  ["two days added up", [row([5, 1]), row([30, 3], [5, 1])], 30 + (0.5 / 3) * 5],
  ["the open last bucket", [row([720, 4])], 720],
])("the median of %s", (_, rows, minutes) => {
  const median = medianDwellMs(rows);
  expect(median && Math.round(median)).toBe(minutes && Math.round(minutes * MINUTE));
});
