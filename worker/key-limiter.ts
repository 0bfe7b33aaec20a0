// The limiter of one isolate: spends what the keys' objects have leased to it and asks for more when that is used up.
// It never makes an outage: when an object does not answer in time, requests are let through for a while and it says so.

import { describeError } from "./describe-error.ts";
import { type Held, type Lease, type LeaseAsk, hold, spend, wantOf } from "./core/limits/lease.ts";
import type { Policy } from "./core/limits/policy.ts";

export interface LimiterDeps {
  readonly now: () => number;
  readonly lease: (keyId: string, ask: LeaseAsk) => Promise<Lease>;
  readonly sleep: (ms: number) => Promise<void>;
}

export type Verdict =
  | { readonly kind: "allowed"; readonly remaining: number; readonly resetAt: number }
  | { readonly kind: "refused"; readonly resetAt: number }
  /** The object does not answer: allowed, and nothing is known of the window. */
  | { readonly kind: "unknown" };

export interface KeyLimiter {
  /** Counts one request of the key. Never throws. */
  take(keyId: string, policy: Policy): Promise<Verdict>;
  /** Whether this isolate already knows that nothing is left. Counts nothing, asks nobody. */
  isDry(keyId: string, policy: Policy): boolean;
}

/** A lease is asked for beside a request that waits for it. */
const PATIENCE_MS = 500;
/** After silence: how long requests go through without asking, so that none of them waits again. */
const BLIND_MS = 5_000;
/** Some ten thousand keys would be 1 MB. */
const MOST_HELD = 10_000;

export const keyLimiter = (deps: LimiterDeps): KeyLimiter => {
  const leases = new Map<string, Held>();
  const asking = new Set<string>();
  let blindUntil = 0;

  const answerInTime = (keyId: string, ask: LeaseAsk): Promise<Lease> =>
    Promise.race([
      deps.lease(keyId, ask),
      deps.sleep(PATIENCE_MS).then((): never => {
        throw new Error(`No answer in ${PATIENCE_MS} ms`);
      }),
    ]);

  const ask = async (keyId: string, policy: Policy, name: string): Promise<Lease | null> => {
    // Beside a question that is under way one request is asked for, else a burst would lease everything many times.
    const first = !asking.has(name);
    asking.add(name);
    try {
      return await answerInTime(keyId, { ...policy, want: first ? wantOf(policy) : 1, now: deps.now() });
    } catch (error) {
      blindUntil = deps.now() + BLIND_MS;
      console.error("Requests of a key are not counted for a while", { keyId, error: describeError(error) });
      return null;
    } finally {
      if (first) asking.delete(name);
    }
  };

  const allowed = (name: string, held: Held): Verdict => {
    leases.set(name, held);
    return { kind: "allowed", remaining: held.left + held.remaining, resetAt: held.resetAt };
  };

  return {
    isDry: (keyId, { name }) => spend(leases.get(`${keyId}/${name}`) ?? null, deps.now()).kind === "refused",
    take: async (keyId, policy) => {
      const name = `${keyId}/${policy.name}`;
      const spent = spend(leases.get(name) ?? null, deps.now());
      if (spent.kind === "refused") return spent;
      if (spent.kind === "allowed") return allowed(name, spent.held);
      if (deps.now() < blindUntil) return { kind: "unknown" };
      const lease = await ask(keyId, policy, name);
      if (lease === null) return { kind: "unknown" };
      if (leases.size >= MOST_HELD) leases.clear();
      const held = hold(leases.get(name) ?? null, lease);
      if (held.left > 0) return allowed(name, { ...held, left: held.left - 1 });
      leases.set(name, held);
      return { kind: "refused", resetAt: held.resetAt };
    },
  };
};
