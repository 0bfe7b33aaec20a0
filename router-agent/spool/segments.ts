// The records on disk and those that wait to be written, in order. Appending never fails: what the disk refuses
// waits in memory. fsync policy: `flush` writes what waits and syncs it once (group commit); the caller flushes
// once a second and before a batch is cut, so a power cut costs at most the last second and a kill the same.

import { sentenceOf } from "../log.ts";
import type { Disk } from "./disk.ts";
import { RECORD_HEAD_BYTES } from "./record.ts";
import { baseOf, readSegment, segmentHeader, segmentName } from "./segment-file.ts";

export interface Segment {
  /** Ordinals of its first record and of the one after its last; what follows a torn record counts as its own. */
  base: number;
  end: number;
  bytes: number;
  boot: string;
  torn: boolean;
}

export interface StoredRecord {
  ordinal: number;
  boot: string;
  payload: Buffer;
}

export interface SegmentsOptions {
  disk: Disk;
  folder: string;
  boot: string;
  segmentBytes: number;
}

export class Segments {
  readonly #options: SegmentsOptions;
  readonly #closed: Segment[] = [];
  #active: { fd: number; segment: Segment } | null = null;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #end: number;
  #fault: string | null = null;

  /** `atLeast` is the ordinal that the ledger knows to be used up. */
  constructor(options: SegmentsOptions, atLeast: number) {
    this.#options = options;
    const { disk, folder } = options;
    const bases = disk.list(folder).flatMap((name) => baseOf(name) ?? []);
    for (const base of bases.toSorted((a, b) => a - b)) {
      const segment = this.#scan(base);
      const before = this.#closed.at(-1);
      if (before?.torn) before.end = Math.max(before.end, base);
      if (segment.end > segment.base) this.#closed.push(segment);
      else this.#try(() => disk.remove(this.#path(base)));
    }
    // The last one may have been written but not synced when the process was killed.
    const last = this.#closed.at(-1);
    if (last) this.#try(() => this.#syncFile(last.base));
    this.#end = Math.max(atLeast, last?.end ?? 0);
  }

  /** One past the newest record, on disk or waiting. */
  get end(): number {
    return this.#end;
  }
  get bytes(): number {
    return this.list().reduce((sum, { bytes }) => sum + bytes, this.#waitingBytes);
  }
  get waitingBytes(): number {
    return this.#waitingBytes;
  }
  /** What the disk last said when it refused, until it works again. */
  get fault(): string | null {
    return this.#fault;
  }

  list(): Segment[] {
    return this.#active ? [...this.#closed, this.#active.segment] : [...this.#closed];
  }

  append(record: Buffer): void {
    this.#waiting.push(record);
    this.#waitingBytes += record.length;
    this.#end += 1;
  }

  flush(): void {
    while (this.#waiting.length > 0) {
      if (!this.#try(() => this.#writeSome())) return;
      this.#fault = null;
    }
  }

  /** Removes the oldest of what waits, from the given ordinal on, and tells how many; later ones move up. */
  forgetWaiting(from: number, count: number): number {
    const index = Math.max(0, from - (this.#end - this.#waiting.length));
    const gone = this.#waiting.splice(index, count);
    for (const { length } of gone) this.#waitingBytes -= length;
    this.#end -= gone.length;
    return gone.length;
  }

  remove(segment: Segment): void {
    if (this.#active?.segment === segment) this.#seal();
    const index = this.#closed.indexOf(segment);
    if (index < 0) return;
    this.#closed.splice(index, 1);
    this.#try(() => this.#options.disk.remove(this.#path(segment.base)));
  }

  /** Whole records from an ordinal on; a hole shows as a jump of the ordinal. */
  *read(from: number): Generator<StoredRecord> {
    for (const segment of this.list()) {
      if (segment.end <= from) continue;
      const reader = readSegment(this.#bytesOf(segment.base));
      const first = Math.max(from, segment.base);
      reader.skip(first - segment.base);
      for (let ordinal = first; ordinal < segment.end; ordinal += 1) {
        const read = reader.next();
        if (read.kind !== "record") break;
        yield { ordinal, boot: reader.boot, payload: read.payload };
      }
    }
    const first = this.#end - this.#waiting.length;
    for (const [index, record] of this.#waiting.entries()) {
      if (first + index >= from)
        yield {
          ordinal: first + index,
          boot: this.#options.boot,
          payload: record.subarray(RECORD_HEAD_BYTES),
        };
    }
  }

  close(): void {
    this.flush();
    this.#seal();
  }

  #scan(base: number): Segment {
    const bytes = this.#bytesOf(base);
    const reader = readSegment(bytes);
    let end = base;
    let read = reader.next();
    for (; read.kind === "record"; read = reader.next()) end += 1;
    return { base, end, bytes: bytes.length, boot: reader.boot, torn: read.kind === "torn" };
  }

  #writeSome(): void {
    const { disk, segmentBytes } = this.#options;
    if (this.#active && this.#active.segment.bytes >= segmentBytes) this.#seal();
    this.#active ??= this.#create();
    const { fd, segment } = this.#active;
    let size = 0;
    const chunk: Buffer[] = [];
    for (const record of this.#waiting) {
      if (chunk.length > 0 && segment.bytes + size >= segmentBytes) break;
      chunk.push(record);
      size += record.length;
    }
    const written = disk.write(fd, Buffer.concat(chunk, size), segment.bytes);
    this.#settle(written);
    disk.sync(fd);
    if (written === size) return;
    // A record was cut short. Take its part away; should that fail too, it reads as torn. Go on in a new file.
    this.#try(() => disk.truncate(fd, segment.bytes));
    this.#seal();
    throw new Error("The disk took only a part of what the spool wrote; it is probably full.");
  }

  /** Moves the whole records among the written bytes from memory to the segment. */
  #settle(written: number): void {
    const segment = this.#active?.segment;
    if (!segment) return;
    let count = 0;
    let whole = 0;
    for (const { length } of this.#waiting) {
      if (whole + length > written) break;
      count += 1;
      whole += length;
    }
    this.#waiting.splice(0, count);
    this.#waitingBytes -= whole;
    segment.bytes += whole;
    segment.end += count;
  }

  #create(): { fd: number; segment: Segment } {
    const { disk, folder, boot } = this.#options;
    const base = this.#end - this.#waiting.length;
    const fd = disk.create(this.#path(base));
    const header = segmentHeader(boot);
    try {
      if (disk.write(fd, header, 0) < header.length) throw new Error("The disk is full.");
      disk.syncFolder(folder);
    } catch (thrown) {
      disk.close(fd);
      disk.remove(this.#path(base));
      throw thrown;
    }
    return { fd, segment: { base, end: base, bytes: header.length, boot, torn: false } };
  }

  #seal(): void {
    if (!this.#active) return;
    const { fd, segment } = this.#active;
    this.#active = null;
    this.#try(() => this.#options.disk.close(fd));
    if (segment.end > segment.base) this.#closed.push(segment);
    else this.#try(() => this.#options.disk.remove(this.#path(segment.base)));
  }

  #syncFile(base: number): void {
    const { disk } = this.#options;
    const fd = disk.open(this.#path(base));
    disk.sync(fd);
    disk.close(fd);
  }

  /** A file that cannot be read holds nothing that could be kept. */
  #bytesOf(base: number): Buffer {
    try {
      return this.#options.disk.read(this.#path(base));
    } catch (thrown) {
      this.#fault = sentenceOf(thrown);
      return Buffer.alloc(0);
    }
  }

  #path(base: number): string {
    return `${this.#options.folder}/${segmentName(base)}`;
  }

  #try(step: () => void): boolean {
    try {
      step();
      return true;
    } catch (thrown) {
      this.#fault = sentenceOf(thrown);
      return false;
    }
  }
}
