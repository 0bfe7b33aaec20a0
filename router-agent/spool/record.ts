// One record on disk: u32 length of the payload, u32 CRC-32C of the payload (both little-endian), payload.
// The payload is JSON, so that a person can read a segment; a record that ends early or does not match is `torn`.

import { crc32c } from "./crc32c.ts";

/** What the spool keeps of an observation: the wire's fields, with times in the clock of the segment's boot. */
export interface SpooledObservation {
  device: string;
  keyId: string;
  from: number;
  to: number;
  left: boolean;
  randomised: boolean;
  source: string;
  ap?: string;
  ssid?: string;
  rssi?: number;
}

export const RECORD_HEAD_BYTES = 8;
/** No honest payload is near this; a larger length is garbage. */
const MAX_PAYLOAD_BYTES = 64 * 1024;

export const encodeRecord = (payload: string): Buffer => {
  const size = Buffer.byteLength(payload);
  const record = Buffer.allocUnsafe(RECORD_HEAD_BYTES + size);
  record.write(payload, RECORD_HEAD_BYTES);
  record.writeUInt32LE(size, 0);
  record.writeUInt32LE(crc32c(record.subarray(RECORD_HEAD_BYTES)), 4);
  return record;
};

export type ReadRecord =
  | { kind: "record"; payload: Buffer; end: number }
  | { kind: "end" }
  | { kind: "torn" };

export const readRecord = (bytes: Buffer, at: number): ReadRecord => {
  if (at === bytes.length) return { kind: "end" };
  if (at + RECORD_HEAD_BYTES > bytes.length) return { kind: "torn" };
  const size = bytes.readUInt32LE(at);
  const end = at + RECORD_HEAD_BYTES + size;
  if (size === 0 || size > MAX_PAYLOAD_BYTES || end > bytes.length) return { kind: "torn" };
  const payload = bytes.subarray(at + RECORD_HEAD_BYTES, end);
  return crc32c(payload) === bytes.readUInt32LE(at + 4) ? { kind: "record", payload, end } : { kind: "torn" };
};

/** Where the record at `at` ends by its own word, without looking whether it is whole. */
export const skipRecord = (bytes: Buffer, at: number): number =>
  at + RECORD_HEAD_BYTES > bytes.length ? bytes.length : at + RECORD_HEAD_BYTES + bytes.readUInt32LE(at);
