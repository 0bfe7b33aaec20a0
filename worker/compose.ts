// The one place that sees the whole environment: makes the parts from the bindings, once an isolate.

import { waitUntil } from "cloudflare:workers";
import type { BranchId } from "../schema/ids.ts";
import type { FactMessage } from "../schema/messages.ts";
import { branchCache } from "./branch-cache.ts";
import { describeError } from "./describe-error.ts";
import { packTold } from "./core/intake/pack.ts";
import { queueBatches } from "./core/intake/queue-batches.ts";
import { type Env, type Settings, settingsOf } from "./env.ts";
import type { IdentityDeps } from "./identity/settle.ts";
import { profileIds } from "./identity/profile-ids.ts";
import { forgetAgents } from "./http/agents/authenticate.ts";
import { callAccess } from "./objects/access/call-object.ts";
import type { AccessDeps } from "./objects/access/calls.ts";
import type { BranchDeps, BranchPresence } from "./objects/branch-presence.ts";
import type { IdentityLane } from "./objects/identity-lane.ts";
import type { OaToken, OaTokenDeps } from "./objects/oa-token.ts";
import type { PhoneGate } from "./objects/phone-gate.ts";
import type { FactQueue } from "./objects/branch/outbox.ts";
import type { SenderDeps } from "./objects/webhook/calls.ts";
import { gatewayCache } from "./portal/gateway-cache.ts";
import { makeSeal } from "./portal/seal.ts";
import { keyCache } from "./key-cache.ts";
import { keyLimiter } from "./key-limiter.ts";
import { knownLimits } from "./scope-limits.ts";
import { suppressionTags } from "./portal/suppression.ts";
import type { ErasedGate } from "./queues.ts";
import { refusalSums } from "./refusal-sums.ts";
import type { Services } from "./services.ts";
import { sourceCache } from "./source-cache.ts";
import { findKeyByHash } from "./store/access.ts";
import { brandOverrides } from "./store/branches.ts";
import { type Database, database } from "./store/database.ts";
import { factsAfter } from "./store/device-facts.ts";
import { findSource } from "./store/sources.ts";
import { enabledIds } from "./store/webhooks.ts";
import { senderDeps } from "./webhook-deps.ts";
import { type Pokes, webhookPokes } from "./webhook-pokes.ts";

/** Counts what belongs to no branch; not a valid branch id. */
const NO_BRANCH = "~none";
/** The object that decides identity: one a brand, and so one a deployment. */
const LANE = "brand";

const factQueue =
  (queue: Queue): FactQueue =>
  async (messages: FactMessage[]) => {
    await queue.sendBatch(messages.map((body) => ({ body, contentType: "json" })));
  };

/** What a branch object needs of the outside. */
export const branchDeps = (env: Env): BranchDeps => {
  const db = database(env.DB);
  return {
    factsAfter: (seq, limit) => factsAfter(db, seq, limit),
    queue: factQueue(env.FACTS),
  };
};

/** What an access object needs of the outside: its branch's counters. */
export const accessDeps = (env: Env): AccessDeps => ({
  count: async (branchId, reason, n) => {
    await env.BRANCH.get(env.BRANCH.idFromName(branchId)).count(reason, n);
  },
});

/** What the keeper of the Official Account's token needs of the outside; null where no Zalo app is configured. */
export const oaTokenDeps = (env: Env): OaTokenDeps | null => {
  const parsed = settingsOf(env);
  if (!parsed.ok) return null;
  const { ZALO_APP_ID: id, ZALO_APP_SECRET: secret, ZALO_OAUTH_URL: oauthUrl } = parsed.settings;
  if (id === undefined || secret === undefined) return null;
  return {
    app: { id, secret, oauthUrl, fetch: async (request) => fetch(request) },
    seal: makeSeal(parsed.settings.SEAL_KEYS),
    seed: parsed.settings.ZALO_OA_REFRESH_TOKEN ?? null,
  };
};

/** What a sender of webhooks needs of the outside; null where the Worker is not configured. */
export const webhookDeps = (env: Env): SenderDeps | null => {
  const parsed = settingsOf(env);
  if (!parsed.ok) return null;
  const { SEAL_KEYS, QUEN_MODE } = parsed.settings;
  return senderDeps(database(env.DB), makeSeal(SEAL_KEYS), QUEN_MODE);
};

/** Once an isolate and environment, for routes, consumers and objects alike. */
export const pokesOf = (env: Env): Pokes => {
  let pokes = knownPokes.get(env);
  if (!pokes) {
    pokes = webhookPokes({
      enabled: async () => enabledIds(database(env.DB)),
      poke: async (id, clock) => env.WEBHOOK.get(env.WEBHOOK.idFromName(id)).poke(clock),
      now: () => Date.now(),
    });
    knownPokes.set(env, pokes);
  }
  return pokes;
};

const knownPokes = new WeakMap<Env, Pokes>();

/** What the identity lane needs of the outside; null where the Worker is not configured. */
export const identityDeps = (env: Env): IdentityDeps | null => {
  const parsed = settingsOf(env);
  if (!parsed.ok) return null;
  return { db: database(env.DB), idOf: profileIds(parsed.settings.IDENTIFIER_KEYS) };
};

/** The identity lane, as routes, queue consumers and cron ask it. */
export const laneOf = (env: Env): Services["identity"] => {
  const lane = (): DurableObjectStub<IdentityLane> => env.IDENTITY.get(env.IDENTITY.idFromName(LANE));
  return {
    settle: async (clock) => {
      try {
        return await lane().settle(clock);
      } finally {
        // Whoever settles has committed something; what was decided is committed by now, too.
        await pokesOf(env).tell(clock);
      }
    },
    rebuild: async () => lane().rebuild(),
    status: async () => lane().status(),
  };
};

/** What the queue consumers and the clean-up need. */
export const databaseOf = (env: Env): Database => database(env.DB);

/** What the queue consumers ask about the erased; null where the Worker is not configured. */
export const erasedGate = (env: Env): ErasedGate | null => {
  const parsed = settingsOf(env);
  if (!parsed.ok) return null;
  return {
    tagsOf: suppressionTags(parsed.settings.SUPPRESSION_KEYS),
    count: async (branchId, reason, n) => {
      try {
        await env.BRANCH.get(env.BRANCH.idFromName(branchId ?? NO_BRANCH)).count(reason, n);
      } catch (error) {
        const fields = { branchId, reason, n, error: describeError(error) };
        console.error("What stayed out could not be counted", fields);
      }
    },
    settle: async () => {
      try {
        await env.IDENTITY.get(env.IDENTITY.idFromName(LANE)).settle({ now: Date.now(), virtual: false });
      } catch (error) {
        console.error("Nobody decided yet who is one person; it waits", { error: describeError(error) });
      }
    },
    tell: async () => pokesOf(env).tell(null),
  };
};

const makeServices = (env: Env, settings: Settings): Services => {
  const db = database(env.DB);
  const branches = branchCache();
  const gateways = gatewayCache(db, makeSeal(settings.SEAL_KEYS), () => Date.now());
  const object = (id: BranchId): DurableObjectStub<BranchPresence> =>
    env.BRANCH.get(env.BRANCH.idFromName(id));
  const gate = (name: string): DurableObjectStub<PhoneGate> =>
    env.PHONE_GATE.get(env.PHONE_GATE.idFromName(name));
  const oaToken = (): DurableObjectStub<OaToken> => env.OA_TOKEN.get(env.OA_TOKEN.idFromName("oa"));
  const sums = refusalSums({
    now: () => Date.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    write: async (id, reason, n) => {
      await env.BRANCH.get(env.BRANCH.idFromName(id ?? NO_BRANCH)).count(reason, n);
    },
  });
  const keys = keyCache(
    (hash) => findKeyByHash(db, hash),
    () => Date.now(),
  );
  const sources = sourceCache(
    (id) => findSource(db, id),
    () => Date.now(),
  );
  const limiter = keyLimiter({
    now: () => Date.now(),
    lease: async (keyId, ask) => env.KEY_GATE.get(env.KEY_GATE.idFromName(keyId)).lease(ask),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
  const ownLimits = knownLimits({
    now: () => Date.now(),
    read: async () => (await brandOverrides(db)).limits ?? {},
    later: waitUntil,
  });
  return {
    settings,
    db,
    branch: (id) => branches.find(db, id),
    gateway: (id) => gateways.find(id),
    apiKey: (hash) => keys.find(hash),
    source: (id) => sources.find(id),
    forgetCached: () => {
      branches.clear();
      keys.clear();
      sources.clear();
      gateways.clear();
      pokesOf(env).forget();
      ownLimits.forget();
      forgetAgents();
    },
    presence: {
      ingest: async (input) => object(input.branchId).ingest(input),
      useToken: async (id, token) => object(id).useToken(token),
      observe: async (input) => object(input.branchId).observe(input),
      factsChanged: async (ref, clock, signIn) => object(ref.branchId).factsChanged(ref, clock, signIn),
      advance: async (ref, clock) => object(ref.branchId).advance(ref, clock),
      now: async (ref, now) => object(ref.branchId).now(ref, now),
      status: async (id) => env.BRANCH.get(env.BRANCH.idFromName(id ?? NO_BRANCH)).status(),
      live: async (id, request) => object(id).fetch(request),
    },
    access: (id) => callAccess(env.BRANCH_ACCESS.get(env.BRANCH_ACCESS.idFromName(id))),
    count: async (id, reason, n) => sums.count(id, reason, n),
    writeCounts: async () => sums.flush(),
    gates: {
      phone: (key) => gate(`phone:${key}`),
      device: (token) => gate(`device:${token}`),
      branch: (id) => gate(`branch:${id}`),
    },
    tell: async (messages) => {
      // At the same time: what was taken before another failed is repeated by the sender, and stored once.
      await Promise.all(queueBatches(packTold(messages)).map((batch) => factQueue(env.FACTS)([...batch])));
    },
    identity: laneOf(env),
    webhooks: {
      tell: async (clock) => pokesOf(env).tell(clock),
      sender: (id) => env.WEBHOOK.get(env.WEBHOOK.idFromName(id)),
    },
    limits: {
      take: async (keyId, policy) => limiter.take(keyId, policy),
      isDry: (keyId, policy) => limiter.isDry(keyId, policy),
      own: async () => ownLimits.own(),
    },
    oaToken: {
      token: async (rejected) => oaToken().token(rejected),
      replace: async (refreshToken) => oaToken().replace(refreshToken),
      status: async () => oaToken().status(),
    },
    assets: async (request) => env.ASSETS.fetch(request),
  };
};

const known = new WeakMap<Env, Services>();

export type ServicesResult = { ok: true; services: Services } | { ok: false; problems: string[] };

export const servicesOf = (env: Env): ServicesResult => {
  const existing = known.get(env);
  if (existing) return { ok: true, services: existing };
  const parsed = settingsOf(env);
  if (!parsed.ok) return parsed;
  const services = makeServices(env, parsed.settings);
  known.set(env, services);
  return { ok: true, services };
};
