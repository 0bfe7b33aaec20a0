import { describe, expect, test } from "vitest";
import { makeMemoryDisk } from "../testing/memory-disk.ts";
import {
  cut,
  drain,
  FOLDER,
  numbersIn,
  observation,
  openSpool,
  openTimedSpool,
  upTo,
} from "../testing/spooling.ts";

const SEGMENT = `${FOLDER}/000000000000.seg`;

const filled = (count: number) => {
  const disk = makeMemoryDisk();
  const spool = openTimedSpool(disk, { segmentBytes: 1e6 });
  for (const number of upTo(count)) spool.append(observation(number));
  spool.flush();
  return disk;
};

describe("after a power cut in the middle of a write", () => {
  test("every whole record is there and nothing else, wherever the tail is torn", () => {
    const { files } = filled(6);
    const whole = files.get(SEGMENT) ?? Buffer.alloc(0);
    let most = 0;
    for (let size = 0; size <= whole.length; size += 1) {
      const disk = makeMemoryDisk();
      // The ledger is written in place, so each round needs its own.
      for (const [path, bytes] of files) disk.files.set(path, Buffer.from(bytes));
      disk.files.set(SEGMENT, whole.subarray(0, size));
      const spool = openSpool(disk);
      spool.append(observation(99));
      const numbers = drain(spool);
      const kept = numbers.length - 1;
      expect(numbers).toEqual([...upTo(kept), 99]);
      expect(kept).toBeGreaterThanOrEqual(most);
      expect(spool.dropped.spool_corrupt).toBe(0);
      most = kept;
    }
    expect(most).toBe(6);
  });

  test("a tail of garbage or zeros is not taken for records", () => {
    for (const tail of [Buffer.alloc(300), Buffer.alloc(300, 0xff), Buffer.from("garbage")]) {
      const disk = filled(6);
      disk.files.set(SEGMENT, Buffer.concat([disk.files.get(SEGMENT) ?? Buffer.alloc(0), tail]));
      expect(drain(openSpool(disk))).toEqual(upTo(6));
    }
  });

  test("the ledger's older slot is used when the newer one is torn", () => {
    const disk = filled(6);
    const before = Buffer.from(disk.files.get(`${FOLDER}/ledger`) ?? Buffer.alloc(0));
    const spool = openSpool(disk);
    cut(spool, { maxObservations: 2 });
    spool.acknowledge();
    const after = disk.files.get(`${FOLDER}/ledger`) ?? Buffer.alloc(0);
    for (let at = 0; at < after.length; at += 97) {
      const torn = Buffer.concat([after.subarray(0, at), before.subarray(at)]);
      disk.files.set(`${FOLDER}/ledger`, torn);
      const numbers = drain(openSpool(disk, { disk: { ...disk, remove: () => undefined } }));
      expect(numbers.slice(-4)).toEqual([2, 3, 4, 5]);
      disk.files.set(`${FOLDER}/ledger`, after);
    }
  });
});

test("records that rotted in the middle of the spool are counted, and the others are sent", () => {
  const disk = makeMemoryDisk();
  const spool = openTimedSpool(disk, { segmentBytes: 1_000 });
  for (const number of upTo(40)) {
    spool.append(observation(number));
    spool.flush();
  }
  const bytes = disk.files.get(SEGMENT) ?? Buffer.alloc(0);
  bytes[bytes.length - 20] = 0;
  const later = openSpool(disk);
  const left = drain(later);
  expect(left.length).toBeGreaterThan(25);
  expect(left.length + later.dropped.spool_corrupt).toBe(40);
});

describe("on a full disk", () => {
  test("the spool goes on, keeps what it can, ships from memory and loses nothing that fits there", () => {
    const disk = makeMemoryDisk();
    const spool = openTimedSpool(disk);
    disk.room = 1_500;
    for (const number of upTo(500)) {
      spool.append(observation(number));
      if (number % 10 === 0) spool.flush();
    }
    expect(spool.fault).toContain("full");
    expect(drain(spool, 90)).toEqual(upTo(500));
    expect(spool.dropped.spool_full).toBe(0);
  });

  test("a torn record at the moment it filled up is neither lost nor doubled", () => {
    for (let room = 0; room < 700; room += 7) {
      const disk = makeMemoryDisk();
      const spool = openTimedSpool(disk);
      disk.room = room;
      for (const number of upTo(5)) {
        spool.append(observation(number));
        spool.flush();
      }
      disk.room = 1e9;
      spool.flush();
      expect(drain(openSpool(disk))).toEqual(upTo(5));
    }
  });

  test("memory is bounded too: the oldest goes first and is counted", () => {
    const disk = makeMemoryDisk();
    const spool = openTimedSpool(disk);
    disk.room = 0;
    for (const number of upTo(20_000)) spool.append(observation(number));
    spool.flush();
    expect(spool.bytes).toBeLessThan(1.5 * 1024 * 1024);
    disk.room = 1e9;
    const left = drain(spool);
    expect(left).toEqual(upTo(20_000).slice(20_000 - left.length));
    expect(left.length + spool.dropped.spool_full).toBe(20_000);
  });

  test("a disk that fails altogether does not stop shipping, and is told", () => {
    const disk = makeMemoryDisk();
    const spool = openTimedSpool(disk);
    disk.broken = true;
    for (const number of upTo(10)) spool.append(observation(number));
    expect(numbersIn(cut(spool))).toEqual(upTo(10));
    expect(spool.fault).not.toBeNull();
    spool.acknowledge();
    expect(spool.count).toBe(0);
  });

  test("a batch of which a kill took the unwritten part is cut anew, and the part is counted", () => {
    const disk = makeMemoryDisk();
    const spool = openTimedSpool(disk);
    for (const number of upTo(5)) spool.append(observation(number));
    spool.flush();
    disk.room = 0;
    for (const number of upTo(5)) spool.append(observation(5 + number));
    cut(spool);
    const later = openSpool(disk, { run: "run-2" });
    disk.room = 1e9;
    later.append(observation(10));
    expect(drain(later)).toEqual([0, 1, 2, 3, 4, 10]);
    expect(later.dropped.spool_full).toBe(5);
  });

  test("what only memory held when the agent ended is counted", () => {
    const disk = makeMemoryDisk();
    const spool = openTimedSpool(disk);
    disk.room = 0;
    for (const number of upTo(10)) spool.append(observation(number));
    cut(spool, { maxObservations: 4 });
    spool.close();
    disk.room = 1e9;
    const later = openSpool(disk, { run: "run-2" });
    later.append(observation(10));
    expect(drain(later)).toEqual([10]);
    expect(later.dropped.spool_full).toBe(10);
  });
});
