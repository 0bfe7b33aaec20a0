// What the brand sets of the limits, as an isolate knows it: waited for once, then renewed beside requests.

import { describeError } from "./describe-error.ts";
import type { ScopeLimits } from "./core/limits/policy.ts";

const FRESH_MS = 60_000;

export interface KnownLimits {
  /** Never throws: without an answer it is what was known last, at first nothing. */
  own(): Promise<ScopeLimits>;
  forget(): void;
}

export const knownLimits = (deps: {
  readonly now: () => number;
  readonly read: () => Promise<ScopeLimits>;
  /** Goes on after the reply. */
  readonly later: (work: Promise<unknown>) => void;
}): KnownLimits => {
  let known: ScopeLimits | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  let failedAt = Number.NEGATIVE_INFINITY;

  const read = async (): Promise<ScopeLimits> => {
    readAt = deps.now();
    try {
      known = await deps.read();
    } catch (error) {
      failedAt = deps.now();
      console.error("The brand's limits could not be read", { error: describeError(error) });
    }
    return known ?? {};
  };

  return {
    own: async () => {
      // Requests that come at once to a new isolate each ask: by other limits than the brand's a key's object would say
      // that nothing is left, until the end of the minute.
      if (known === null) return deps.now() - failedAt < FRESH_MS ? {} : read();
      if (deps.now() - readAt >= FRESH_MS) deps.later(read());
      return known;
    },
    forget: () => {
      known = null;
      failedAt = Number.NEGATIVE_INFINITY;
    },
  };
};
