// Format of a segment, `<ordinal of its first record, 12 digits>.seg`:
//
//   one line of text   QUENSPOOL 1 <boot>\n
//   records            u32 length, u32 CRC-32C, JSON of one observation (see record.ts), one after another
//
// `boot` is the kernel's boot id, in whose monotonic milliseconds `from` and `to` are, or `wall` when they are epoch
// milliseconds (replay). A segment is only appended to, belongs to one run of the agent, and is deleted whole. Its
// tail may be torn by a power cut; what was torn never had an ordinal, and the next segment goes on from the last
// whole record.

import type { ReadRecord } from "./record.ts";
import { readRecord, skipRecord } from "./record.ts";

/** The `boot` of segments whose times are wall times. */
export const WALL = "wall";

const HEADER = /^QUENSPOOL 1 ([\w-]{1,64})\n/;
const NAME = /^(\d{12})\.seg$/;

export const segmentName = (base: number): string => `${String(base).padStart(12, "0")}.seg`;

/** The first ordinal that a file name says, or null for a file of another kind. */
export const baseOf = (name: string): number | null => {
  const digits = NAME.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
};

export const segmentHeader = (boot: string): Buffer => Buffer.from(`QUENSPOOL 1 ${boot}\n`);

export interface SegmentReader {
  boot: string;
  next(): ReadRecord;
  /** Passes over records whose content nobody needs; a torn one among them shows at the next `next`. */
  skip(count: number): void;
}

/** A file whose header is torn holds nothing and reads as torn. */
export const readSegment = (bytes: Buffer): SegmentReader => {
  const header = HEADER.exec(bytes.subarray(0, 100).toString("latin1"));
  let at = header ? header[0].length : 0;
  return {
    boot: header?.[1] ?? WALL,
    next() {
      if (!header) return { kind: "torn" };
      const read = readRecord(bytes, at);
      if (read.kind === "record") at = read.end;
      return read;
    },
    skip(count) {
      for (let left = count; left > 0; left -= 1) at = Math.min(skipRecord(bytes, at), bytes.length);
    },
  };
};
