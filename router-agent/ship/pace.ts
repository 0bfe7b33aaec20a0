// When the next request goes out. Pure: what the last one brought, how much waits, and a random number go in.

import type { Backoff } from "./backoff.ts";
import { backoffMs } from "./backoff.ts";
import type { Outcome } from "./outcome.ts";

const NEVER_MS = Number.MAX_SAFE_INTEGER;

export interface Pace {
  /** Between two requests when all goes well and less than a batch waits. */
  intervalMs: number;
  /** Between two requests while there is a backlog, so that days of it do not flood the server. */
  backlogMs: number;
  backoff: Backoff;
}

export interface PaceInput {
  outcome: Outcome;
  /** Requests in a row that brought nothing, this one included. */
  failures: number;
  /** A whole batch or more waits. */
  backlog: boolean;
  /** The signing clock was corrected by this reply, so that the same batch may be taken at once. */
  clockCorrected: boolean;
}

export const nextWaitMs = (pace: Pace, input: PaceInput, random: number): number => {
  const { outcome, failures } = input;
  switch (outcome.kind) {
    case "done":
      return input.backlog ? Math.round(pace.backlogMs * (0.5 + random)) : pace.intervalMs;
    case "too_large":
      // Halving ends after eleven times; if even that does not help, the fault is elsewhere.
      return failures > 12
        ? backoffMs(pace.backoff, failures, random)
        : Math.round(pace.backlogMs * (0.5 + random));
    case "retry": {
      if (input.clockCorrected) return 0;
      const ownMs = backoffMs(pace.backoff, failures, random);
      // Everybody was told the same time, so come back somewhat after it and not exactly then.
      return outcome.afterMs === null
        ? ownMs
        : outcome.afterMs + Math.min(ownMs, outcome.afterMs / 4 + 1_000);
    }
    case "refused":
      // The fault may be the server's; losing a batch at each try must not go fast.
      return backoffMs(pace.backoff, failures + 3, (1 + random) / 2);
    case "branch_gone":
      return NEVER_MS;
  }
};
