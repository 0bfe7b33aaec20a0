// The counter's ports over D1 and the limits of keys (guarantees: dashboard/counter/ports.ts).

import { waitUntil } from "cloudflare:workers";
import { readCounterCookie } from "../../dashboard/counter/cookies.ts";
import type { CounterAnswer, CounterPorts, CounterSession } from "../../dashboard/counter/ports.ts";
import type { DashboardPorts } from "../../dashboard/ports.ts";
import type { BranchId } from "../../schema/ids.ts";
import { clockOf } from "../clock.ts";
import { COUNTER_DAY, COUNTER_WRONG, type Policy, scopePolicy } from "../core/limits/policy.ts";
import { secondsUntil } from "../core/limits/headers.ts";
import { describeError } from "../describe-error.ts";
import { sha256 } from "../http/digest.ts";
import { newSecret } from "../http/ids.ts";
import { identifierKeys } from "../identity/identifier-keys.ts";
import { counterCodeHash } from "../portal/counter.ts";
import { makeSeal } from "../portal/seal.ts";
import type { Services } from "../services.ts";
import { findKeyByHash } from "../store/access.ts";
import { listBranches } from "../store/branches.ts";
import { takeCounterCode } from "../store/counter-codes.ts";
import { endCounterSession, findCounterSession, insertCounterSession } from "../store/counter-sessions.ts";
import { findPeople } from "./find-people.ts";

const SESSION_MS = 12 * 3_600_000;

type Limited = Extract<CounterAnswer, { kind: "limited" }>;

const mayCounter = (scopes: readonly string[]): boolean =>
  scopes.includes("counter") || scopes.includes("admin");

/** `operators`: who is signed in on the dashboard may stand at the counter too. */
export const counterPorts = (
  services: Services,
  operators: Pick<DashboardPorts, "session" | "endSession">,
): CounterPorts => {
  const { db, settings, limits } = services;
  const reader = { db, seal: makeSeal(settings.SEAL_KEYS), branch: (id: BranchId) => services.branch(id) };
  const keyOf = identifierKeys(settings.IDENTIFIER_KEYS);
  const count = (reason: Parameters<Services["count"]>[1]): void => waitUntil(services.count(null, reason));

  const take = async (actor: string, policy: Policy): Promise<Limited | null> => {
    const verdict = await limits.take(actor, policy);
    if (verdict.kind !== "refused") return null;
    count("counter_limited");
    return { kind: "limited", retryAfterSeconds: secondsUntil(verdict.resetAt, Date.now()) };
  };

  const takeLookup = async (actor: string): Promise<Limited | null> =>
    (await take(actor, scopePolicy("counter", await limits.own()))) ?? take(actor, COUNTER_DAY);

  const byKey = async (secret: string): Promise<CounterSession | null> => {
    // Sessions follow the machine's clock: a supplied `now` must not bring an old one back.
    const found = await findCounterSession(db, sha256(secret), Date.now());
    if (found === null || !mayCounter(found.scopes)) return null;
    return { csrf: sha256(`csrf/${secret}`), actor: found.keyId };
  };

  return {
    session: async (request) => {
      const secret = readCounterCookie(request);
      const staff = secret === undefined ? null : await byKey(secret);
      if (staff !== null) return staff;
      const operator = await operators.session(request);
      return operator.ok && operator.may.includes("counter")
        ? { csrf: operator.csrf, actor: "operator" }
        : null;
    },
    signIn: async (text) => {
      const key = text.startsWith("qk_") ? await findKeyByHash(db, sha256(text)) : null;
      if (key === null || !mayCounter(key.scopes)) return null;
      const cookie = newSecret("cs");
      const now = Date.now();
      await insertCounterSession(db, {
        hash: sha256(cookie),
        keyId: key.id,
        createdAt: now,
        expiresAt: now + SESSION_MS,
      });
      return { cookie, maxAgeSeconds: SESSION_MS / 1_000 };
    },
    endSession: async (request) => {
      const secret = readCounterCookie(request);
      if (secret !== undefined) await endCounterSession(db, sha256(secret));
      // Else the counter would stay open by the dashboard's session.
      await operators.endSession(request);
    },
    branches: async () =>
      (await listBranches(db))
        .filter(({ closedAt }) => closedAt === null)
        .map(({ id, name }) => ({ id, name })),
    byPhone: async (phone, ask) => {
      const limited = await takeLookup(ask.actor);
      if (limited !== null) return limited;
      const identifier = { kind: "phone", value: phone };
      const keys = await Promise.all([keyOf("store", identifier), keyOf("commerce", identifier)]);
      return findPeople(reader, keys, ask);
    },
    byCode: async (code, ask) => {
      const guessed = limits.isDry(ask.actor, COUNTER_WRONG) ? await take(ask.actor, COUNTER_WRONG) : null;
      const limited = guessed ?? (await takeLookup(ask.actor));
      if (limited !== null) return limited;
      const taken = await takeCounterCode(db, counterCodeHash(code), ask.now);
      if (taken.kind === "taken") return findPeople(reader, [taken.subject], ask);
      const kind = `code_${taken.kind}` as const;
      count(`counter_${kind}`);
      return (await take(ask.actor, COUNTER_WRONG)) ?? { kind };
    },
    now: (request) => clockOf(request, settings.QUEN_MODE, Date.now()).now,
    refused: (trouble) => count(`counter_${trouble}`),
    report: (error) => console.error("A request of the counter failed", { error: describeError(error) }),
    mode: settings.QUEN_MODE === "local" ? "local" : "deployed",
  };
};
