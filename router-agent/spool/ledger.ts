// The spool's small memory beside the segments: what is acknowledged, the batch that is out, the clock anchor of
// each boot and the totals of what was dropped. One file, `ledger`, of two slots of 32 KiB that are written in
// turn and in place (u32 length, u32 CRC-32C, JSON): a write that is cut short leaves the other slot, and since
// the space is there from the start, a full disk does not stop it.

import type { AgentDrop } from "../../schema/reasons.ts";
import { crc32c } from "./crc32c.ts";
import type { Disk } from "./disk.ts";

/** Wall time `wallMs` was at monotonic time `monoMs` of that boot. Never changes once set. */
export interface Anchor {
  monoMs: number;
  wallMs: number;
}

/** A batch once cut: with the immutable records `start` to `end` it says every byte of the request's body. */
export interface CutBatch {
  boot: string;
  seq: number;
  /** Ordinals of its first record and of the one after its last. */
  start: number;
  end: number;
  sentAt: number;
  grantResults: { id: string }[];
  health: unknown;
}

export interface Ledger {
  generation: number;
  /** Ordinal of the first record that is in no batch yet and neither acknowledged nor dropped. */
  next: number;
  batch: CutBatch | null;
  anchors: Record<string, Anchor>;
  dropped: Record<AgentDrop, number>;
}

const SLOT_BYTES = 32 * 1024;
const HEAD_BYTES = 8;

export const emptyLedger = (): Ledger => ({
  generation: 0,
  next: 0,
  batch: null,
  anchors: {},
  dropped: { spool_full: 0, no_clock: 0, refused: 0, spool_corrupt: 0 },
});

export interface LedgerFile {
  ledger: Ledger;
  /** Makes the ledger durable; throws what the disk throws. */
  save(): void;
  close(): void;
}

export const openLedger = (disk: Disk, path: string): LedgerFile => {
  const fd = disk.open(path);
  const bytes = disk.read(path);
  const slots = [readSlot(bytes, 0), readSlot(bytes, 1)];
  const newest = slots.toSorted((a, b) => (b?.generation ?? -1) - (a?.generation ?? -1))[0];
  const ledger = newest ?? emptyLedger();
  if (bytes.length < 2 * SLOT_BYTES) reserve(disk, fd, bytes.length);
  return {
    ledger,
    save() {
      ledger.generation += 1;
      const slot = encodeSlot(ledger);
      const written = disk.write(fd, slot, (ledger.generation % 2) * SLOT_BYTES);
      if (written < slot.length) throw new Error("The ledger of the spool could not be written whole.");
      disk.sync(fd);
    },
    close: () => disk.close(fd),
  };
};

const reserve = (disk: Disk, fd: number, from: number): void => {
  try {
    disk.write(fd, Buffer.alloc(2 * SLOT_BYTES - from), from);
    disk.sync(fd);
  } catch {
    // The disk is full already: each save tries again and says so.
  }
};

const encodeSlot = (ledger: Ledger): Buffer => {
  const payload = Buffer.from(JSON.stringify(ledger));
  if (payload.length + HEAD_BYTES > SLOT_BYTES)
    throw new Error("The ledger of the spool has outgrown its slot.");
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32LE(payload.length, 0);
  head.writeUInt32LE(crc32c(payload), 4);
  return Buffer.concat([head, payload]);
};

const readSlot = (bytes: Buffer, index: number): Ledger | null => {
  const at = index * SLOT_BYTES;
  if (bytes.length < at + HEAD_BYTES) return null;
  const payload = bytes.subarray(at + HEAD_BYTES, at + HEAD_BYTES + bytes.readUInt32LE(at));
  if (payload.length === 0 || crc32c(payload) !== bytes.readUInt32LE(at + 4)) return null;
  const stored = JSON.parse(payload.toString()) as Ledger;
  const empty = emptyLedger();
  return { ...empty, ...stored, dropped: { ...empty.dropped, ...stored.dropped } };
};
