// How many requests an API key may make, by the scope they need. The one table; a brand may set its own numbers.

import type { Scope } from "../../../schema/scopes.ts";

export interface Policy {
  /** Names it in the RateLimit headers and in the key's object. */
  readonly name: string;
  readonly limit: number;
  /** Windows begin at multiples of it, UTC. */
  readonly windowMs: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Requests a minute. Profiles with personal values are read less fast: a stolen key copies fewer of them. */
export const SCOPE_LIMITS: Readonly<Record<Scope, number>> = {
  "crm:read": 600,
  "crm:personal": 300,
  counter: 120,
  "marketing:read": 600,
  "events:write": 3_000,
  privacy: 120,
  admin: 600,
};

export type ScopeLimits = Partial<Record<Scope, number>>;

export const scopePolicy = (scope: Scope, own: ScopeLimits = {}): Policy => ({
  name: scope,
  limit: own[scope] ?? SCOPE_LIMITS[scope],
  windowMs: MINUTE,
});

/** All operators together, whose pages ask for ten answers at once. */
export const OPERATORS: Policy = { name: "operator", limit: 3_000, windowMs: MINUTE };

/** A till looks up a few hundred people a day; who goes through a list of numbers needs more. */
export const COUNTER_DAY: Policy = { name: "counter-day", limit: 1_000, windowMs: DAY };

/** Codes that open nobody. A code has 128 random bits, so this is no defence but a sign. */
export const COUNTER_WRONG: Policy = { name: "counter-wrong", limit: 30, windowMs: HOUR };
