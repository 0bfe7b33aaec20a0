// The agent's durable memory: observations go in, batches come out, and what was acknowledged is deleted.
// Promises: an acknowledged observation is never sent again as another batch; a batch that was cut is sent with
// the same bytes until it is answered, also by a later process; memory and disk are bounded; whatever is lost has
// a reason and is counted. Holds pseudonyms only. Format: segment-file.ts and ledger.ts.

import type { Limits } from "./plan.ts";
import { planBatch } from "./plan.ts";
import type { Batch, Envelope } from "./batch.ts";
import { buildBatch } from "./batch.ts";
import type { Disk } from "./disk.ts";
import type { Anchor, CutBatch, Ledger, LedgerFile } from "./ledger.ts";
import { openLedger } from "./ledger.ts";
import type { SpooledObservation } from "./record.ts";
import { encodeRecord } from "./record.ts";
import { WALL } from "./segment-file.ts";
import { Segments } from "./segments.ts";
import { sentenceOf } from "../log.ts";
import { toWall } from "./wall.ts";

export interface SpoolOptions {
  disk: Disk;
  folder: string;
  /** The kernel's boot id, or `wall` for observations that carry wall times. */
  boot: string;
  /** Names this run of the agent on the wire; with `seq` it names a batch. */
  run: string;
  maxBytes: number;
  segmentBytes?: number;
}

const SEGMENT_BYTES = 256 * 1024;
const FLUSH_BYTES = 256 * 1024;
const WAITING_MAX_BYTES = 1024 * 1024;

export class Spool {
  readonly #options: SpoolOptions;
  readonly #file: LedgerFile;
  readonly #ledger: Ledger;
  readonly #segments: Segments;
  #seq = 0;
  #fault: string | null = null;
  #built: Batch | null = null;

  constructor(options: SpoolOptions) {
    this.#options = options;
    const { disk, folder, boot, segmentBytes = SEGMENT_BYTES } = options;
    disk.mkdir(folder);
    this.#file = openLedger(disk, `${folder}/ledger`);
    this.#ledger = this.#file.ledger;
    const { next, batch } = this.#ledger;
    this.#segments = new Segments({ disk, folder, boot, segmentBytes }, Math.max(next, batch?.end ?? 0));
    if (batch && this.#records(batch).length < batch.end - batch.start)
      this.#rewind(batch, batch.start, null);
    this.#tidy();
  }

  /** Observations that are not acknowledged yet. */
  get count(): number {
    const { next, batch } = this.#ledger;
    return this.#segments.end - next + (batch ? batch.end - batch.start : 0);
  }
  get bytes(): number {
    return this.#segments.bytes;
  }
  get dropped(): Readonly<Ledger["dropped"]> {
    return this.#ledger.dropped;
  }
  get fault(): string | null {
    return this.#segments.fault ?? this.#fault;
  }
  get anchor(): Anchor | null {
    return this.#ledger.anchors[this.#options.boot] ?? null;
  }

  /** The first word wins: a boot has one anchor, so that times of one stay never shift against each other. */
  setAnchor(anchor: Anchor): void {
    const { boot } = this.#options;
    if (boot === WALL || this.#ledger.anchors[boot]) return;
    this.#ledger.anchors[boot] = anchor;
    this.#save();
  }

  append(observation: SpooledObservation): void {
    this.#segments.append(encodeRecord(JSON.stringify(observation)));
    const { waitingBytes, fault } = this.#segments;
    if (waitingBytes > WAITING_MAX_BYTES || (waitingBytes > FLUSH_BYTES && fault === null)) this.flush();
  }

  /** Makes durable what was appended, and keeps within the bound. */
  flush(): void {
    this.#segments.flush();
    this.#bound();
  }

  /** The number of a batch without observations, which is not stored. */
  nextSeq(): number {
    this.#seq += 1;
    return this.#seq;
  }

  /** The batch that is out, or a new one; null when nothing can be sent. */
  cut(limits: Limits, envelope: () => Envelope): Batch | null {
    if (!this.#ledger.batch) {
      this.flush();
      this.#ledger.batch = this.#choose(limits, envelope);
      this.#save();
    }
    const { batch } = this.#ledger;
    if (!batch) return null;
    this.#built ??= buildBatch(batch, this.#records(batch), false);
    return this.#built;
  }

  acknowledge(): void {
    this.#ledger.batch = null;
    this.#built = null;
    // First remember, then delete: a kill in between leaves files that the next start deletes.
    this.#save();
    this.#tidy();
  }

  /** The server will never take this batch. */
  refuse(): void {
    const { batch } = this.#ledger;
    if (batch) this.#ledger.dropped.refused += batch.end - batch.start;
    this.acknowledge();
  }

  /** Cuts the batch that is out in two, under new numbers; false when it holds one observation only. */
  split(): boolean {
    const { batch } = this.#ledger;
    const count = batch ? batch.end - batch.start : 0;
    if (!batch || count < 2) return false;
    const end = batch.start + Math.floor(count / 2);
    this.#rewind(batch, end, { ...batch, boot: this.#options.run, seq: this.nextSeq(), end });
    this.#save();
    return true;
  }

  /** The oldest observation that is not acknowledged. */
  oldest(): { boot: string; to: number; anchor: Anchor | null } | null {
    const [first] = this.#segments.read(this.#ledger.batch?.start ?? this.#ledger.next);
    if (!first) return null;
    const { to } = JSON.parse(first.payload.toString()) as SpooledObservation;
    return { boot: first.boot, to, anchor: this.#anchorOf(first.boot) };
  }

  close(): void {
    this.#segments.close();
    // What the disk still refuses ends with this process. What of it is in the batch is counted at the next start.
    const { next, batch, dropped } = this.#ledger;
    const lost = this.#segments.forgetWaiting(Math.max(next, batch?.end ?? 0), Number.MAX_SAFE_INTEGER);
    dropped.spool_full += lost;
    if (lost > 0) this.#save();
    this.#file.close();
  }

  #anchorOf(boot: string): Anchor | null {
    return boot === WALL ? { monoMs: 0, wallMs: 0 } : (this.#ledger.anchors[boot] ?? null);
  }

  #choose(limits: Limits, envelope: () => Envelope): CutBatch | null {
    const ledger = this.#ledger;
    const { sentAt, ...head } = { boot: this.#options.run, ...envelope() };
    const plan = planBatch(this.#segments.read(ledger.next), {
      next: ledger.next,
      headBytes: Buffer.byteLength(JSON.stringify(head)) + 128,
      limits,
      ownBoot: this.#options.boot,
      anchorOf: (boot) => this.#anchorOf(boot),
      reasonOfHole: (at) => this.#reasonOfHole(at),
    });
    for (const { reason, count } of plan.lost) ledger.dropped[reason] += count;
    ledger.next = plan.next;
    if (plan.start === null) return null;
    const batch = {
      ...head,
      sentAt: sentAt(plan.newestTo),
      seq: this.nextSeq(),
      start: plan.start,
      end: plan.next,
    };
    this.#built = buildBatch(batch, plan.observations, plan.more);
    return batch;
  }

  #records({ start, end }: CutBatch): string[] {
    const found: string[] = [];
    for (const { ordinal, boot, payload } of this.#segments.read(start)) {
      if (ordinal >= end) break;
      const anchor = this.#anchorOf(boot);
      if (anchor) found.push(toWall(payload, anchor).json);
    }
    return found;
  }

  /** Takes back the end of a batch, so that it is cut anew. */
  #rewind(batch: CutBatch, next: number, instead: CutBatch | null): void {
    // What was dropped behind the batch meanwhile is a hole, and will be counted again when it is reached.
    this.#ledger.dropped.spool_full -= Math.max(0, this.#ledger.next - batch.end);
    this.#ledger.next = next;
    this.#ledger.batch = instead;
    this.#built = null;
  }

  #reasonOfHole(at: number): "spool_full" | "spool_corrupt" {
    const inside = this.#segments.list().some(({ base, end }) => base <= at && at < end);
    return inside ? "spool_corrupt" : "spool_full";
  }

  /** Drops oldest first, but for the batch that is out, until what is kept fits. */
  #bound(): void {
    const segments = this.#segments;
    const { dropped, batch } = this.#ledger;
    let changed = false;
    while (segments.bytes > this.#options.maxBytes || segments.waitingBytes > WAITING_MAX_BYTES) {
      const victim = segments
        .list()
        .find(({ base, end }) => !batch || end <= batch.start || base >= batch.end);
      if (victim) {
        // With what is left of a segment before it that only the batch keeps: older goes first.
        dropped.spool_full += Math.max(0, victim.end - this.#ledger.next);
        this.#ledger.next = Math.max(this.#ledger.next, victim.end);
        segments.remove(victim);
        segments.flush();
      } else {
        const gone = segments.forgetWaiting(Math.max(this.#ledger.next, batch?.end ?? 0), 1_000);
        dropped.spool_full += gone;
        if (gone === 0) break;
      }
      changed = true;
    }
    if (changed) this.#save();
  }

  /** Deletes what nobody needs any more: acknowledged segments and the anchors of boots without any. */
  #tidy(): void {
    const { next, batch, anchors } = this.#ledger;
    const needed = batch?.start ?? next;
    for (const segment of this.#segments.list()) {
      if (segment.end <= needed) this.#segments.remove(segment);
    }
    const boots = new Set([this.#options.boot, ...this.#segments.list().map(({ boot }) => boot)]);
    for (const boot of Object.keys(anchors)) if (!boots.has(boot)) delete anchors[boot];
  }

  #save(): void {
    try {
      this.#file.save();
      this.#fault = null;
    } catch (thrown) {
      this.#fault = sentenceOf(thrown);
    }
  }
}
