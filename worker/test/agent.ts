// An agent as the Worker sees it: an Ed25519 key of its own, signed batches, tokens made from MACs by DEVICE_KEY.

import { createHmac } from "node:crypto";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { env } from "cloudflare:workers";
import type { Observation, PresenceReply } from "../../schema/wire/agents.ts";
import { answer, call } from "./http.ts";

export const KEY_ID = "test";

export const tokenOf = (mac: string): string => {
  const key = Buffer.from(env.DEVICE_KEYS.split(":")[1] ?? "", "base64url");
  const bytes = Buffer.from(mac.replaceAll(/[^0-9a-f]/gi, ""), "hex");
  return createHmac("sha256", key).update(bytes).digest().subarray(0, 16).toString("base64url");
};

export const observation = (
  mac: string,
  from: number,
  to: number,
  more: Partial<Observation> = {},
): Observation => ({
  device: tokenOf(mac),
  keyId: KEY_ID,
  from,
  to,
  left: true,
  randomised: false,
  source: "replay",
  ...more,
});

export interface TestAgent {
  agentId: string;
  key: CryptoKey;
  boot: string;
  seq: number;
}

export const makeBranch = async (id: string, more: Record<string, unknown> = {}): Promise<void> => {
  await answer(call("/v1/admin/branches", { json: { id, name: `Branch ${id}`, ...more } }), 201);
};

export const enrol = async (branchId: string, now?: number): Promise<TestAgent> => {
  const clock = now === undefined ? {} : { now };
  const { code } = await answer<{ code: string }>(
    call("/v1/admin/agents/codes", { json: { branchId }, ...clock }),
    201,
  );
  const pair = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  const { x } = await exportJWK(pair.publicKey);
  const reply = await answer<{ agentId: string }>(
    call("/v1/agents/enrol", {
      bearer: null,
      json: { code, publicKey: { kty: "OKP", crv: "Ed25519", x }, name: "router", version: "0.1.0" },
      ...clock,
    }),
    201,
  );
  return { agentId: reply.agentId, key: pair.privateKey, boot: crypto.randomUUID(), seq: 0 };
};

export const signed = (
  agent: TestAgent,
  now: number,
  claims: Record<string, unknown> = {},
): Promise<string> => {
  const iat = Math.floor(now / 1000);
  return new SignJWT({
    iss: agent.agentId,
    aud: "quen",
    iat,
    exp: iat + 120,
    jti: crypto.randomUUID(),
    ...claims,
  })
    .setProtectedHeader({ alg: "EdDSA" })
    .sign(agent.key);
};

export const HEALTH = {
  version: "0.1.0",
  uptimeMs: 1_000,
  clockSynced: true,
  spoolBytes: 0,
  spoolOldestMs: 0,
  dropped: {},
  sources: [{ name: "replay", ok: true }],
};

export const batchOf = (agent: TestAgent, now: number, observations: readonly unknown[]) => ({
  boot: agent.boot,
  seq: ++agent.seq,
  sentAt: now,
  observations,
  grantResults: [],
  health: HEALTH,
});

/** Sends one batch at `now` and expects 200. */
export const report = async (
  agent: TestAgent,
  now: number,
  observations: readonly unknown[],
): Promise<PresenceReply> =>
  answer<PresenceReply>(
    call("/v1/presence", {
      now,
      bearer: await signed(agent, now),
      json: batchOf(agent, now, observations),
    }),
  );
