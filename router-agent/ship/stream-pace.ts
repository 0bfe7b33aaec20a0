// When to connect the stream again. Pure: how the last connection ended and a random number go in.

import type { Backoff } from "./backoff.ts";
import { backoffMs } from "./backoff.ts";

export type StreamEnd =
  /** It was open; the server restarted, the uplink went, or a ping was not answered. */
  | { kind: "closed"; openMs: number; detail: string }
  | { kind: "failed"; detail: string }
  /** The upgrade was answered with something else. `clockCorrected`: the signing clock was wrong and is right now. */
  | { kind: "refused"; status: number; detail: string; clockCorrected: boolean };

export interface StreamPace {
  backoff: Backoff;
  /** After a refusal that will not pass by itself; grants come with the reports meanwhile. */
  quietMs: number;
  /** Open for at least this long is a connection that worked. */
  steadyMs: number;
  leastMs: number;
}

export const STREAM_PACE: StreamPace = {
  backoff: { baseMs: 500, capMs: 30_000 },
  quietMs: 300_000,
  steadyMs: 10_000,
  leastMs: 250,
};

/** Ends in a row that brought nothing, this one included. */
export const failuresAfter = (end: StreamEnd, failures: number, pace: StreamPace): number =>
  end.kind === "closed" && end.openMs >= pace.steadyMs ? 0 : failures + 1;

export const nextConnectMs = (end: StreamEnd, failures: number, pace: StreamPace, random: number): number => {
  const ownMs = pace.leastMs + backoffMs(pace.backoff, failures, random);
  switch (end.kind) {
    case "closed":
    case "failed":
      return ownMs;
    case "refused":
      // Once: a server that goes on saying so has another fault.
      if (end.clockCorrected && failures <= 1) return 0;
      return isLasting(end.status) ? Math.round(pace.quietMs * (0.75 + random / 2)) : ownMs;
  }
};

/** 401, 403, 404 and a server that answers the upgrade as if it were a page. */
const isLasting = (status: number): boolean => status < 500 && status !== 429 && status !== 408;
