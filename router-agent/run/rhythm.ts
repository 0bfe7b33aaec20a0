// How often to send, and how much time at once: at the server's interval in a shop, and in a replay as its own
// time passes.

import { SHIP_BACKOFF } from "../ship/backoff.ts";
import type { Pace } from "../ship/pace.ts";
import type { SourceSpec } from "../sources/registry.ts";

export interface Rhythm {
  pace: Pace;
  startDelayMs: number;
  /** How much of its own time one batch may tell. */
  maxSpanMs: number;
  /** Whether each turn first asks the roster for what is new of those who stay. */
  collects: boolean;
}

/** A replay's server is nearby and a person waits for it. */
const REPLAY_BACKOFF = { baseMs: 100, capMs: 5_000 };
const LEAST_INTERVAL_MS = 200;
/** A server that lives in the replay's time is, with each batch, at its end: days must not close within a batch. */
const REPLAY_SPAN_MS = 6 * 3_600_000;
/** After a power cut in a whole district its routers start at the same moment. */
const START_WITHIN_MS = 3_000;

export const paceOf = (replay: SourceSpec | null, intervalMs: number, random: number): Rhythm => {
  if (replay?.kind !== "replay")
    return {
      pace: { intervalMs, backlogMs: 300, backoff: SHIP_BACKOFF },
      startDelayMs: Math.round(random * START_WITHIN_MS),
      maxSpanMs: Number.POSITIVE_INFINITY,
      collects: true,
    };
  const { speed } = replay.options;
  const ownMs =
    speed === undefined ? 1_000 : Math.min(intervalMs, Math.max(LEAST_INTERVAL_MS, intervalMs / speed));
  return {
    pace: { intervalMs: Math.round(ownMs), backlogMs: 0, backoff: REPLAY_BACKOFF },
    startDelayMs: Math.round(ownMs),
    maxSpanMs: REPLAY_SPAN_MS,
    collects: speed !== undefined,
  };
};
