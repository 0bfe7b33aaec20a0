// Decides what time it is. The wall clock counts when the server's `Date` agrees with it or the system says that it
// is synchronised; when it does not, the server's time is used. Pure: all clocks are arguments.

import type { Anchor } from "../spool/ledger.ts";

/** No router of this version can live before it; an earlier wall clock has not been set since power on. */
export const EARLIEST_WALL_MS = Date.UTC(2026, 0, 1);

/** `Date` has whole seconds and the reply some delay; a synchronised clock is well within this. */
const AGREE_MS = 10_000;
/** A reply that took longer says too little about the time. */
const MAX_ROUND_TRIP_MS = 20_000;

export interface ServerTime {
  /** The reply's `Date` header as epoch milliseconds. */
  dateMs: number;
  sentMonoMs: number;
  receivedMonoMs: number;
}

export interface WallReading {
  wallMs: number;
  monoMs: number;
}

export const parseDateHeader = (header: string | undefined): number | null => {
  const parsed = header === undefined ? Number.NaN : Date.parse(header);
  return Number.isNaN(parsed) ? null : parsed;
};

export class Clock {
  /** Add to the wall clock to have the server's time; known after its first reply. */
  #skewMs: number | null = null;

  get skewMs(): number | null {
    return this.#skewMs;
  }

  /** The best estimate of the time now, for signing. */
  now(wallMs: number): number {
    return wallMs + (this.#skewMs ?? 0);
  }

  /** Learns from a reply; returns the anchor that this boot could have, or null if the reply says too little. */
  learn(server: ServerTime, read: WallReading): Anchor | null {
    const roundTripMs = server.receivedMonoMs - server.sentMonoMs;
    if (roundTripMs < 0 || roundTripMs > MAX_ROUND_TRIP_MS) return null;
    const receivedAt = server.dateMs + 500 + roundTripMs / 2;
    const serverNow = receivedAt + (read.monoMs - server.receivedMonoMs);
    const offMs = serverNow - read.wallMs;
    this.#skewMs = Math.abs(offMs) <= AGREE_MS ? 0 : Math.round(offMs);
    return { monoMs: read.monoMs, wallMs: read.wallMs + this.#skewMs };
  }

  /** The anchor from the wall clock alone, when the system vouches for it. */
  vouch(synchronised: boolean, read: WallReading): Anchor | null {
    return synchronised && read.wallMs >= EARLIEST_WALL_MS ? { ...read } : null;
  }
}
