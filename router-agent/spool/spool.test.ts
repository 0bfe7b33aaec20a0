import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeMemoryDisk } from "../testing/memory-disk.ts";
import { cut, drain, numbersIn, observation, openSpool, openTimedSpool, upTo } from "../testing/spooling.ts";
import { crc32c } from "./crc32c.ts";

const fill = (spool: ReturnType<typeof openSpool>, count: number, from = 0): void => {
  for (const number of upTo(count)) spool.append(observation(from + number));
  spool.flush();
};

test("the checksum is CRC-32C", () => {
  expect(crc32c(Buffer.from("123456789"))).toBe(0xe3069283);
  expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa);
});

describe("a batch", () => {
  test("holds the oldest observations with wall times, and goes on after the acknowledged ones", () => {
    const spool = openTimedSpool(makeMemoryDisk());
    fill(spool, 100);
    const first = cut(spool, { maxObservations: 30 });
    expect(numbersIn(first)).toEqual(upTo(30));
    expect(JSON.parse(first?.body ?? "")).toMatchObject({ boot: "run-1", seq: 1, sentAt: 42 });
    spool.acknowledge();
    expect(drain(spool, 30)).toEqual(upTo(100).slice(30));
  });

  test("never changes once cut, whatever comes after it and however often the agent is killed", () => {
    const disk = makeMemoryDisk();
    const spool = openTimedSpool(disk);
    fill(spool, 50);
    const body = cut(spool, { maxObservations: 20 })?.body;
    fill(spool, 50, 50);
    expect(cut(spool, { maxObservations: 2_000 })?.body).toBe(body);
    for (const run of ["run-2", "run-3"]) {
      const later = openSpool(disk, { run });
      expect(cut(later)?.body).toBe(body);
    }
    const last = openSpool(disk, { run: "run-4" });
    cut(last);
    last.acknowledge();
    expect(drain(last)).toEqual(upTo(100).slice(20));
  });

  test("is cut to the limit of bytes, but holds at least one observation", () => {
    const spool = openTimedSpool(makeMemoryDisk());
    fill(spool, 200);
    const batch = cut(spool, { maxObservations: 2_000, maxBytes: 5_000 });
    expect(batch?.count).toBeGreaterThan(10);
    expect(Buffer.byteLength(batch?.body ?? "")).toBeLessThanOrEqual(5_000);
    spool.acknowledge();
    expect(cut(spool, { maxObservations: 2_000, maxBytes: 1 })?.count).toBe(1);
  });

  test("that is too large is cut in two under new numbers, and loses nothing", () => {
    const disk = makeMemoryDisk();
    const spool = openTimedSpool(disk);
    fill(spool, 101);
    const whole = JSON.parse(cut(spool)?.body ?? "") as { seq: number };
    expect(spool.split()).toBe(true);
    const half = JSON.parse(cut(spool)?.body ?? "") as { seq: number; observations: unknown[] };
    expect(half.seq).toBeGreaterThan(whole.seq);
    expect(half.observations).toHaveLength(50);
    expect(drain(openSpool(disk, { run: "run-2" }))).toEqual(upTo(101));
  });

  test("that was refused is dropped and counted, and the next one is tried", () => {
    const spool = openTimedSpool(makeMemoryDisk());
    fill(spool, 10);
    cut(spool, { maxObservations: 4 });
    spool.refuse();
    expect(spool.dropped.refused).toBe(4);
    expect(drain(spool)).toEqual([4, 5, 6, 7, 8, 9]);
  });
});

describe("the clock", () => {
  test("is waited for: nothing of this boot is cut before its anchor is known", () => {
    const spool = openSpool(makeMemoryDisk());
    fill(spool, 5);
    expect(cut(spool)).toBeNull();
    spool.setAnchor({ monoMs: 500, wallMs: 1_000_500 });
    expect(drain(spool)).toEqual(upTo(5));
  });

  test("has one anchor a boot, which a later one does not move", () => {
    const disk = makeMemoryDisk();
    const spool = openTimedSpool(disk);
    spool.setAnchor({ monoMs: 0, wallMs: 77 });
    expect(openSpool(disk).anchor).toEqual({ monoMs: 0, wallMs: 1_000_000 });
  });

  test("of an earlier boot that never came is counted as no_clock, and the other boots are sent", () => {
    const disk = makeMemoryDisk();
    fill(openTimedSpool(disk, { boot: "boot-a" }), 3);
    fill(openSpool(disk, { boot: "boot-b" }), 4, 3);
    const spool = openTimedSpool(disk, { boot: "boot-c" });
    fill(spool, 2, 7);
    expect(drain(spool)).toEqual([0, 1, 2, 7, 8]);
    expect(spool.dropped.no_clock).toBe(4);
    expect(openSpool(disk, { boot: "boot-c" }).dropped.no_clock).toBe(4);
  });
});

describe("what was acknowledged", () => {
  test("is deleted, and only that", () => {
    const disk = makeMemoryDisk();
    const spool = openTimedSpool(disk);
    fill(spool, 200);
    const before = disk.list("/spool").length;
    cut(spool, { maxObservations: 100 });
    spool.acknowledge();
    expect(disk.list("/spool").length).toBeLessThan(before);
    expect(drain(spool)).toEqual(upTo(200).slice(100));
    expect(disk.list("/spool")).toEqual(["ledger"]);
  });

  test("is not given again after a kill between any two writes", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("add", "cut", "ack", "kill"), { maxLength: 40 }), (moves) => {
        const disk = makeMemoryDisk();
        let spool = openTimedSpool(disk);
        let made = 0;
        const acknowledged: number[] = [];
        for (const move of moves) {
          if (move === "add") {
            fill(spool, 7, made);
            made += 7;
          } else if (move === "ack") {
            const batch = cut(spool, { maxObservations: 5 });
            acknowledged.push(...numbersIn(batch));
            if (batch) spool.acknowledge();
          } else if (move === "cut") cut(spool, { maxObservations: 5 });
          else spool = openTimedSpool(disk, { run: `run-${acknowledged.length}` });
        }
        expect([...acknowledged, ...drain(spool)]).toEqual(upTo(made));
      }),
      { numRuns: 500 },
    );
  });
});

describe("a full spool", () => {
  test("drops the oldest first and counts it, also across a kill", () => {
    const disk = makeMemoryDisk();
    const spool = openTimedSpool(disk, { maxBytes: 20_000 });
    fill(spool, 1_000);
    expect(spool.bytes).toBeLessThanOrEqual(20_000);
    const later = openSpool(disk);
    const left = drain(later);
    expect(left).toEqual(upTo(1_000).slice(1_000 - left.length));
    expect(later.dropped.spool_full).toBe(1_000 - left.length);
  });

  test("does not touch the batch that is out", () => {
    const disk = makeMemoryDisk();
    const spool = openTimedSpool(disk, { maxBytes: 20_000 });
    fill(spool, 10);
    const body = cut(spool)?.body;
    fill(spool, 1_000, 10);
    expect(cut(openSpool(disk))?.body).toBe(body);
    spool.acknowledge();
    const left = drain(spool);
    expect(10 + left.length + spool.dropped.spool_full).toBe(1_010);
  });

  test("counts every dropped observation once, also when the batch that is out is cut in two", () => {
    const disk = makeMemoryDisk();
    const spool = openTimedSpool(disk, { maxBytes: 20_000 });
    fill(spool, 10);
    cut(spool);
    fill(spool, 1_000, 10);
    spool.split();
    const sent = drain(spool);
    expect(new Set(sent).size).toBe(sent.length);
    expect(sent.length + spool.dropped.spool_full).toBe(1_010);
  });
});
