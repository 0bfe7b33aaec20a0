import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeMemoryDisk } from "../testing/memory-disk.ts";
import { paceOf } from "../run/rhythm.ts";
import { cut, observation, openSpool, upTo } from "../testing/spooling.ts";
import { WALL } from "./segment-file.ts";
import type { Limits } from "./plan.ts";

const LIMITS: Limits = { maxObservations: 2_000, maxBytes: 512 * 1024, maxSpanMs: Infinity };

/** The `to` of each observation, batch by batch, of a spool that is killed after each cut if `kills`. */
const batchesOf = (times: number[], limits: Limits, kills: boolean) => {
  const disk = makeMemoryDisk();
  const open = () => openSpool(disk, { boot: WALL });
  let spool = open();
  for (const to of times) spool.append({ ...observation(0), from: to, to });
  spool.flush();
  const batches: { times: number[]; more: boolean }[] = [];
  for (let batch = cut(spool, limits); batch; batch = cut(spool, limits)) {
    const { more } = batch;
    if (kills) {
      spool = open();
      expect(cut(spool, LIMITS)?.body).toBe(batch.body);
    }
    const { observations } = JSON.parse(batch.body) as { observations: { to: number }[] };
    batches.push({ times: observations.map(({ to }) => to), more });
    spool.acknowledge();
  }
  expect(Object.values(spool.dropped).every((count) => count === 0)).toBe(true);
  return batches;
};

describe("a batch", () => {
  const rows: [string, number[], Partial<Limits>, number[][]][] = [
    ["holds all that fits", [1, 2, 3], {}, [[1, 2, 3]]],
    ["ends before an observation too far ahead of its oldest", [0, 6, 7], { maxSpanMs: 6 }, [[0, 6], [7]]],
    ["ends before an observation too far behind its newest", [9, 2, 3], { maxSpanMs: 6 }, [[9], [2, 3]]],
    [
      "measures from its oldest observation, wherever that stands",
      [4, 0, 5, 7, 8],
      { maxSpanMs: 6 },
      [
        [4, 0, 5],
        [7, 8],
      ],
    ],
    ["reaches back as far as it likes without a limit", [0, 1e12], {}, [[0, 1e12]]],
    ["has no more than the wire allows", [1, 2, 3], { maxObservations: 2 }, [[1, 2], [3]]],
  ];
  test.each(rows)("%s", (_, times, limits, expected) => {
    const batches = batchesOf(times, { ...LIMITS, ...limits }, false);
    expect(batches.map((batch) => batch.times)).toEqual(expected);
    expect(batches.map(({ more }) => more)).toEqual(expected.map((_batch, i) => i < expected.length - 1));
  });
});

test("days offline with a reboot between go out oldest first, in as few batches as the wire allows", () => {
  const disk = makeMemoryDisk();
  const hour = 3_600_000;
  const days = upTo(96).map((index) => index * hour);
  const fill = (boot: string, bootedAt: number, times: number[]) => {
    const spool = openSpool(disk, { boot });
    spool.setAnchor({ monoMs: 0, wallMs: bootedAt });
    for (const at of times) spool.append({ ...observation(0), from: at - bootedAt, to: at - bootedAt });
    spool.flush();
    return spool;
  };
  fill("boot-a", -5_000, days.slice(0, 50));
  const spool = fill("boot-b", 49.5 * hour, days.slice(50));
  const { maxSpanMs } = paceOf(null, 30_000, 0);
  const batches: number[][] = [];
  for (let batch = cut(spool, { maxObservations: 40, maxSpanMs }); batch;) {
    const { observations } = JSON.parse(batch.body) as { observations: { to: number }[] };
    batches.push(observations.map(({ to }) => to));
    spool.acknowledge();
    batch = cut(spool, { maxObservations: 40, maxSpanMs });
  }
  expect(batches).toEqual([days.slice(0, 40), days.slice(40, 80), days.slice(80)]);
  expect(Object.values(spool.dropped).every((count) => count === 0)).toBe(true);
});

test("whatever the limits, batches hold every observation once, oldest first, and keep within the span", () => {
  const limits = fc.record({
    maxObservations: fc.integer({ min: 1, max: 20 }),
    maxBytes: fc.integer({ min: 1, max: 4_000 }),
    maxSpanMs: fc.oneof(fc.integer({ min: 0, max: 300 }), fc.constant(Infinity)),
  });
  const times = fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 60 });
  fc.assert(
    fc.property(times, limits, fc.boolean(), (all, limit, kills) => {
      const batches = batchesOf(all, limit, kills).map((batch) => batch.times);
      expect(batches.flat()).toEqual(all);
      for (const batch of batches)
        expect(Math.max(...batch) - Math.min(...batch)).toBeLessThanOrEqual(limit.maxSpanMs);
    }),
    { numRuns: 300 },
  );
});
