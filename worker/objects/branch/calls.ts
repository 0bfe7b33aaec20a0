// What callers give to a branch object and get from it, and what the object needs of the outside.

import type { BranchSettings } from "../../../schema/definitions.ts";
import type { BranchId } from "../../../schema/ids.ts";
import type { PresenceDrop, ServerCounter } from "../../../schema/reasons.ts";
import type { Health } from "../../../schema/wire/agents.ts";
import type { DeviceFact } from "../../core/presence/device-fact.ts";
import type { JudgedObservation } from "./ingest.ts";
import type { FactQueue } from "./outbox.ts";

/** `virtual`: the caller supplied `now` (local mode only), so time alone must not make anything due. */
export interface Clock {
  now: number;
  virtual: boolean;
}

/** What the object needs of the outside. */
export interface BranchDeps {
  /** Facts after `seq` in commit order, at most `limit`; throws when the database does not answer. */
  factsAfter: (seq: number, limit: number) => Promise<DeviceFact[]>;
  queue: FactQueue;
}

export interface BranchRef {
  branchId: BranchId;
  settings: BranchSettings;
}

export interface IngestInput extends BranchRef {
  clock: Clock;
  token: { agentId: string; jti: string; expiresAt: number };
  boot: string;
  seq: number;
  health: Health;
  observations: JudgedObservation[];
  /** Whether somebody wants to know at once that a recognised visitor came in. */
  starts: "starts told" | "starts not told";
  /** Drops already decided by the caller, to be counted with the rest. */
  dropped: Partial<Record<ServerCounter, number>>;
}

/** What gateways tell of who is there. Nobody's health is known by it, and it names no agent. */
export interface ObserveInput extends BranchRef {
  clock: Clock;
  observations: JudgedObservation[];
  /** Whether somebody wants to know at once that a recognised visitor came in. */
  starts: "starts told" | "starts not told";
  /** Drops already decided by the caller, to be counted with the rest. */
  dropped: Partial<Record<ServerCounter, number>>;
}

export type IngestResult =
  | { ok: true; dropped: { index: number; reason: PresenceDrop }[] }
  | { ok: false; reason: "replayed" };
