// The arithmetic of a key's window. The key's object grants requests in leases, never more than the limit a window in
// sum; an isolate spends its leases without asking and forgets them when their window is over.

import type { Policy } from "./policy.ts";

/** What a key's object keeps of one policy. */
export interface Window {
  readonly startAt: number;
  readonly granted: number;
}

export interface LeaseAsk extends Policy {
  readonly want: number;
  readonly now: number;
}

export interface Lease {
  /** Requests that may be made until `resetAt` without asking again; 0: none. */
  readonly granted: number;
  /** Left in the window after these. */
  readonly remaining: number;
  readonly resetAt: number;
}

/** The nearer the end, the smaller the leases, so that what one isolate does not spend is little. */
const SHARE = 4;

/** A window that has begun is never left for an earlier one: isolates' clocks differ. */
export const grantLease = (
  known: Window | null,
  { want, limit, windowMs, now }: LeaseAsk,
): { readonly window: Window; readonly lease: Lease } => {
  const startAt = Math.floor(now / windowMs) * windowMs;
  const window = known !== null && known.startAt >= startAt ? known : { startAt, granted: 0 };
  const left = Math.max(0, limit - window.granted);
  const granted = Math.min(want, Math.ceil(left / SHARE));
  return {
    window: { ...window, granted: window.granted + granted },
    lease: { granted, remaining: left - granted, resetAt: window.startAt + windowMs },
  };
};

/** How many requests are worth one question: a tenth of a minute's, a hundredth of a longer window's. */
export const wantOf = ({ limit, windowMs }: Policy): number =>
  Math.max(1, Math.ceil(limit / (windowMs > 60_000 ? 100 : 10)));

/** What an isolate holds of a window. */
export interface Held {
  readonly left: number;
  readonly remaining: number;
  readonly resetAt: number;
}

export type Spent =
  | { readonly kind: "allowed"; readonly held: Held }
  | { readonly kind: "refused"; readonly resetAt: number }
  | { readonly kind: "ask" };

/** One request out of what is held. */
export const spend = (held: Held | null, now: number): Spent => {
  if (held === null || now >= held.resetAt) return { kind: "ask" };
  if (held.left > 0) return { kind: "allowed", held: { ...held, left: held.left - 1 } };
  return held.remaining === 0 ? { kind: "refused", resetAt: held.resetAt } : { kind: "ask" };
};

/** A lease beside what is held: of the same window both count, of two windows the later one. */
export const hold = (held: Held | null, { granted, remaining, resetAt }: Lease): Held => {
  if (held === null || resetAt > held.resetAt) return { left: granted, remaining, resetAt };
  if (resetAt < held.resetAt) return held;
  return { left: held.left + granted, remaining: Math.min(held.remaining, remaining), resetAt };
};
