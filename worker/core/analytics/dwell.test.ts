import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DWELL_EDGES_MINUTES } from "../../../schema/definitions.ts";
import { DWELL_STARTS_MS, dwellOf, percentileMs } from "./dwell.ts";

const MINUTE = 60_000;
const buckets = (counts: Record<number, number>): number[] =>
  DWELL_STARTS_MS.map((_, index) => counts[index] ?? 0);

describe("percentiles of a histogram", () => {
  const cases: [string, Record<number, number>, number, number | null][] = [
    ["nothing", {}, 0.5, null],
    ["one visit below 5 min lies in the middle of its bucket", { 0: 1 }, 0.5, 2.5],
    ["between two buckets the edge is the median", { 0: 1, 1: 1 }, 0.5, 5],
    ["empty buckets in between are passed over", { 0: 1, 4: 1 }, 0.75, 9],
    ["a full bucket is walked through", { 10: 10 }, 0.9, 29.5],
    ["the open last bucket has only its lower edge", { 27: 4 }, 0.9, 720],
  ];
  test.each(cases)("%s", (_name, counts, share, minutes) => {
    expect(percentileMs(buckets(counts), share)).toBe(minutes === null ? null : minutes * MINUTE);
  });

  test("lie in the bucket of the true percentile", () => {
    const minutes = fc.double({ min: 0, max: 719, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(minutes, { minLength: 1, maxLength: 60 }),
        fc.constantFrom(0.5, 0.9),
        (stays, share) => {
          const edges = [...DWELL_EDGES_MINUTES];
          const indexOf = (value: number) => edges.findIndex((edge) => value < edge);
          const counts = DWELL_STARTS_MS.map(
            (_, index) => stays.filter((stay) => indexOf(stay) === index).length,
          );
          const sorted = stays.toSorted((a, b) => a - b);
          const truth = sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
          const found = (percentileMs(counts, share) ?? -1) / MINUTE;
          const bucket = indexOf(truth);
          expect(found).toBeGreaterThanOrEqual(bucket === 0 ? 0 : (edges[bucket - 1] ?? 0));
          expect(found).toBeLessThanOrEqual(edges[bucket] ?? Infinity);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

test("the histogram names every bucket, so that each ends where the next begins", () => {
  const { histogram } = dwellOf([1]);
  expect(histogram.map((bucket) => bucket.fromMs)).toEqual([
    0,
    ...DWELL_EDGES_MINUTES.map((m) => m * MINUTE),
  ]);
  expect(histogram[0]).toEqual({ fromMs: 0, visits: 1 });
});
