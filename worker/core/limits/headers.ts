// RateLimit-Policy and RateLimit as draft-ietf-httpapi-ratelimit-headers-11 writes them: lists of structured fields,
// each item the policy's name with its parameters.

import type { Policy } from "./policy.ts";

export interface RateLimitHeaders {
  readonly "RateLimit-Policy": string;
  readonly RateLimit: string;
}

/** Whole seconds until the window is over, at least one. */
export const secondsUntil = (resetAt: number, now: number): number =>
  Math.max(1, Math.ceil((resetAt - now) / 1_000));

/** `remaining` may be less by what other isolates spend meanwhile. */
export const rateLimitHeaders = (
  { name, limit, windowMs }: Policy,
  { remaining, resetAt, now }: { remaining: number; resetAt: number; now: number },
): RateLimitHeaders => ({
  "RateLimit-Policy": `"${name}";q=${limit};w=${windowMs / 1_000}`,
  RateLimit: `"${name}";r=${remaining};t=${secondsUntil(resetAt, now)}`,
});
