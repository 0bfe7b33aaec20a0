// Where the load goes: branches at a place of the earth where it is about noon, and agents enrolled with keys of
// their own, exactly as routers are.

import { type KeyObject, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import type { Client } from "../../scripts/quen/client.ts";

export interface LoadAgent {
  agentId: string;
  branch: number;
  boot: string;
  seq: number;
  key: KeyObject;
}

/** Etc/GMT+7 is seven hours west of Greenwich. */
export const noonZone = (now: number): string => {
  const ahead = 12 - new Date(now).getUTCHours();
  return ahead === 0 ? "Etc/GMT" : `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
};

/** The public call, without the operator's token. */
const enrolled = async (url: string, body: unknown): Promise<{ agentId: string }> => {
  const headers = { "content-type": "application/json" };
  const reply = await fetch(`${url}/v1/agents/enrol`, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  if (reply.status !== 201)
    throw new Error(`An agent could not enrol: ${reply.status} ${await reply.text()}`);
  const made: { agentId: string } = await reply.json();
  return made;
};

export const enrolAgents = async (
  admin: Client,
  name: string,
  branches: number,
  agentsABranch: number,
): Promise<LoadAgent[]> => {
  const agents: LoadAgent[] = [];
  for (let branch = 0; branch < branches; branch += 1) {
    const branchId = `${name}-${branch}`;
    await admin.post("/v1/admin/branches", { id: branchId, name: branchId, timezone: noonZone(Date.now()) });
    for (let n = 0; n < agentsABranch; n += 1) {
      const { code } = await admin.post<{ code: string }>("/v1/admin/agents/codes", { branchId });
      const { publicKey, privateKey } = generateKeyPairSync("ed25519");
      const { x = "" } = publicKey.export({ format: "jwk" });
      const body = { code, publicKey: { kty: "OKP", crv: "Ed25519", x }, name: "bench", version: "bench" };
      const { agentId } = await enrolled(admin.url, body);
      agents.push({ agentId, branch, boot: randomUUID(), seq: 0, key: privateKey });
    }
  }
  return agents;
};

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const HEADER = base64url({ alg: "EdDSA" });

export const signedToken = (agent: LoadAgent, now: number): string => {
  const iat = Math.floor(now / 1000);
  const claims = { iss: agent.agentId, aud: "quen", iat, exp: iat + 240, jti: randomUUID() };
  const text = `${HEADER}.${base64url(claims)}`;
  return `${text}.${sign(null, Buffer.from(text), agent.key).toString("base64url")}`;
};
