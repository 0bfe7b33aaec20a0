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

export const limitKeys = createMiddleware<HttpEnv>(async (c, next) => {
  const caller = c.get("caller");
  const policy = caller === null ? null : await policyOf(c, caller);
  if (caller === null || policy === null) return next();
  const services = c.get("services");
  const verdict = await services.limits.take(caller.name, policy);
  if (verdict.kind === "unknown") return next();
  // The machine's clock: a supplied `now` must not open another window.
  const now = Date.now();
  const { resetAt } = verdict;
  if (verdict.kind === "refused") {
    waitUntil(services.count(null, "key_limited"));
    const retryAfterSeconds = secondsUntil(resetAt, now);
    const detail = `This key may make ${policy.limit} requests in ${policy.windowMs / 1_000} s here.`;
    const reply = problem(c, "rate_limited", { detail, retryAfterSeconds });
    for (const [name, value] of Object.entries(rateLimitHeaders(policy, { remaining: 0, resetAt, now })))
      reply.headers.set(name, value);
    return reply;
  }
  await next();
  // A WebSocket upgrade's headers cannot be changed.
  if (c.res.status === 101) return undefined;
  const { remaining } = verdict;
  for (const [name, value] of Object.entries(rateLimitHeaders(policy, { remaining, resetAt, now })))
    c.header(name, value);
  return undefined;
});
