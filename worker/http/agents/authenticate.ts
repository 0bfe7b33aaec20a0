// Authenticates an agent's request by its EdDSA token. Everything but a token that is merely out of time gets the
// same 401, so that nobody learns which agents exist.

import { errors, importJWK, type JWTPayload, jwtVerify } from "jose";
import { type AgentId, parseAgentId } from "../../../schema/ids.ts";
import { type Agent, findAgent } from "../../store/agents.ts";
import type { Database } from "../../store/database.ts";

export const AUDIENCE = "quen";
const LONGEST_SECONDS = 300;
const TOLERANCE_SECONDS = 30;
const CACHE_MS = 30_000;
const CACHE_LIMIT = 5_000;

export type Authentication =
  | { ok: true; agent: Agent; jti: string; expiresAt: number }
  | { ok: false; reason: "unauthorized" | "clock_skew" };

interface Cached {
  agent: Agent;
  key: CryptoKey | Uint8Array;
  until: number;
}

/** Keys of agents seen lately; a revocation takes effect in other isolates after CACHE_MS. */
const cache = new Map<AgentId, Cached>();

export const forgetAgents = (): void => cache.clear();

const lookUp = async (db: Database, id: AgentId): Promise<Cached | null> => {
  const known = cache.get(id);
  if (known && known.until > Date.now()) return known;
  const agent = await findAgent(db, id);
  if (!agent) return null;
  const key = await importJWK({ kty: "OKP", crv: "Ed25519", x: agent.publicKey }, "EdDSA");
  if (cache.size >= CACHE_LIMIT) cache.clear();
  const entry = { agent, key, until: Date.now() + CACHE_MS };
  cache.set(id, entry);
  return entry;
};

/** Whose key to look up; nothing of it is believed before the signature is. */
const issuerOf = (token: string): AgentId | null => {
  try {
    const text = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8");
    const claims: unknown = JSON.parse(text);
    const issuer = typeof claims === "object" && claims !== null && "iss" in claims ? claims.iss : null;
    return typeof issuer === "string" ? parseAgentId(issuer) : null;
  } catch {
    return null;
  }
};

const REFUSED = { ok: false, reason: "unauthorized" } as const;
const OUT_OF_TIME = { ok: false, reason: "clock_skew" } as const;

const verify = async (token: string, cached: Cached, now: number): Promise<JWTPayload | "expired" | null> => {
  try {
    const { payload } = await jwtVerify(token, cached.key, {
      algorithms: ["EdDSA"],
      audience: AUDIENCE,
      requiredClaims: ["iat", "exp", "jti"],
      currentDate: new Date(now),
      clockTolerance: TOLERANCE_SECONDS,
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) return "expired";
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
};

export const authenticateAgent = async (
  db: Database,
  token: string | null,
  now: number,
): Promise<Authentication> => {
  const id = token === null ? null : issuerOf(token);
  if (token === null || id === null) return REFUSED;
  const cached = await lookUp(db, id);
  if (!cached || cached.agent.revokedAt !== null) return REFUSED;
  const payload = await verify(token, cached, now);
  if (payload === "expired") return OUT_OF_TIME;
  if (payload === null) return REFUSED;
  const { iat = 0, exp = 0, jti = "" } = payload;
  if (exp - iat > LONGEST_SECONDS || jti.length < 8 || jti.length > 80) return REFUSED;
  if (iat * 1000 > now + TOLERANCE_SECONDS * 1000) return OUT_OF_TIME;
  return { ok: true, agent: cached.agent, jti, expiresAt: (exp + TOLERANCE_SECONDS) * 1000 };
};
