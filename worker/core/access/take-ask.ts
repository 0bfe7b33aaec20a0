// How an ask for access is taken where it may be a repeat: made anew, given out once more, or as it stands.

import { DELIVERY_MS, WINDOW_MS } from "./limits.ts";
import type { GrantState } from "./verdict.ts";

export interface KnownGrant {
  readonly state: GrantState;
  readonly until: number;
  /** The agents' time for it is over. */
  readonly expiresAt: number;
}

/**
 * `make`: there is none, or it is past its end. `renew`: the same one for another attempt of the agents; its end stays.
 * `same`: nothing changes.
 */
export type AskDecision = "make" | "renew" | "same";

export const takeAsk = (known: KnownGrant | null, now: number): AskDecision => {
  if (known === null || now >= known.until) return "make";
  if (known.state === "online") return "same";
  return known.state === "refused" || now >= known.expiresAt ? "renew" : "same";
};

/** Null where a bounded window may be given, else when the next one may. */
export const windowRetryAt = (lastGivenAt: number | null, now: number): number | null =>
  lastGivenAt === null || now >= lastGivenAt + WINDOW_MS ? null : lastGivenAt + WINDOW_MS;

/** Never past the grant's own end. */
export const deliveryEnd = (now: number, until: number): number => Math.min(now + DELIVERY_MS, until);

/** Whole seconds, as gateways count them; 0 is over. */
export const secondsLeft = (until: number, now: number): number =>
  Math.max(0, Math.floor((until - now) / 1_000));
