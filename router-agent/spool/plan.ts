// Decides which records the next batch holds: neighbours, as many as fit. Says what is passed over on the way and
// why: holes that lost records left, and records of a boot that never learned the time.

import type { AgentDrop } from "../../schema/reasons.ts";
import type { Anchor } from "./ledger.ts";
import type { StoredRecord } from "./segments.ts";
import { toWall } from "./wall.ts";

export interface Limits {
  maxObservations: number;
  /** Of the whole body, uncompressed. */
  maxBytes: number;
  /** Between the oldest and the newest `to`: a replay's batch must not outrun what the server still takes. */
  maxSpanMs: number;
}

export interface PlanInput {
  /** Where the last plan ended. */
  next: number;
  headBytes: number;
  limits: Limits;
  ownBoot: string;
  anchorOf(boot: string): Anchor | null;
  reasonOfHole(at: number): AgentDrop;
}

export interface Plan {
  /** Null when nothing can be sent now. */
  start: number | null;
  /** One past the last record of the batch, or of what was passed over. */
  next: number;
  /** The observations of the batch as they go over the wire. */
  observations: string[];
  /** Epoch milliseconds of the latest `to` in the batch. */
  newestTo: number;
  /** The batch is full, and what did not fit waits behind it. */
  more: boolean;
  lost: { reason: AgentDrop; count: number }[];
}

export const planBatch = (records: Iterable<StoredRecord>, input: PlanInput): Plan => {
  const { limits } = input;
  const plan: Plan = {
    start: null,
    next: input.next,
    observations: [],
    newestTo: 0,
    more: false,
    lost: [],
  };
  let oldestTo = Number.POSITIVE_INFINITY;
  let bytes = input.headBytes;
  for (const { ordinal, boot, payload } of records) {
    const open = plan.start !== null;
    if (ordinal > plan.next) {
      if (open) break;
      plan.lost.push({ reason: input.reasonOfHole(plan.next), count: ordinal - plan.next });
      plan.next = ordinal;
    }
    const anchor = input.anchorOf(boot);
    if (!anchor) {
      // Of this boot the clock may still come; of an earlier one it never will.
      if (open || boot === input.ownBoot) break;
      plan.lost.push({ reason: "no_clock", count: 1 });
      plan.next += 1;
      continue;
    }
    const wall = toWall(payload, anchor);
    bytes += Buffer.byteLength(wall.json) + 1;
    const newestTo = Math.max(plan.newestTo, wall.to);
    oldestTo = Math.min(oldestTo, wall.to);
    const full =
      plan.next - (plan.start ?? plan.next) >= limits.maxObservations ||
      bytes > limits.maxBytes ||
      newestTo - oldestTo > limits.maxSpanMs;
    if (open && full) {
      plan.more = true;
      break;
    }
    plan.start ??= ordinal;
    plan.next += 1;
    plan.observations.push(wall.json);
    plan.newestTo = newestTo;
  }
  return plan;
};
