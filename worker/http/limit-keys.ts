// Middleware after findCaller: counts the requests of an API key against the limit of the scope they fall under, and
// says in each reply what is left. Agents and the admin secret, which could change the limits, are not limited.

import { waitUntil } from "cloudflare:workers";
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { areaOf } from "../core/limits/area.ts";
import { rateLimitHeaders, secondsUntil } from "../core/limits/headers.ts";
import { OPERATORS, type Policy, scopePolicy } from "../core/limits/policy.ts";
import type { Caller, HttpEnv } from "./context.ts";
import { problem } from "./problem.ts";

const policyOf = async (c: Context<HttpEnv>, caller: Caller): Promise<Policy | null> => {
  switch (caller.name) {
    case "admin":
      return null;
    case "operator":
      return OPERATORS;
    default:
      return scopePolicy(areaOf(c.req.path, caller.scopes), await c.get("services").limits.own());
  }
};

export interface Spent {
  /** Null: it may go on. */
  readonly refusal: Response | null;
  /** For its reply. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** Counts a request of a key. */
export const spendRequest = async (c: Context<HttpEnv>, keyName: string, policy: Policy): Promise<Spent> => {
  const services = c.get("services");
  const verdict = await services.limits.take(keyName, policy);
  if (verdict.kind === "unknown") return { refusal: null, headers: [] };
  // The machine's clock: a supplied `now` must not open another window.
  const now = Date.now();
  const { resetAt } = verdict;
  const remaining = verdict.kind === "refused" ? 0 : verdict.remaining;
  const headers = Object.entries(rateLimitHeaders(policy, { remaining, resetAt, now }));
  if (verdict.kind === "allowed") return { refusal: null, headers };
  waitUntil(services.count(null, "key_limited"));
  const retryAfterSeconds = secondsUntil(resetAt, now);
  const detail = `This key may make ${policy.limit} requests in ${policy.windowMs / 1_000} s here.`;
  const refusal = problem(c, "rate_limited", { detail, retryAfterSeconds });
  for (const [name, value] of headers) refusal.headers.set(name, value);
  return { refusal, headers };
};

export const limitKeys = createMiddleware<HttpEnv>(async (c, next) => {
  const caller = c.get("caller");
  const policy = caller === null ? null : await policyOf(c, caller);
  if (caller === null || policy === null) return next();
  const { refusal, headers } = await spendRequest(c, caller.name, policy);
  if (refusal !== null) return refusal;
  await next();
  // A WebSocket upgrade's headers cannot be changed.
  if (c.res.status === 101) return undefined;
  for (const [name, value] of headers) c.header(name, value);
  return undefined;
});
