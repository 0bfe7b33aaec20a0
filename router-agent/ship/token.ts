// The short-lived JWT that each request carries. `now` is the corrected clock, or the replay's.

import { randomUUID } from "node:crypto";
import type { JWK } from "jose";
import { importJWK, SignJWT } from "jose";

export const AUDIENCE = "quen";
/** The server takes 5 min at most; a minute less leaves room for two clocks that differ. */
const LIFETIME_S = 240;

export type SignToken = (now: number) => Promise<string>;

export const makeSignToken = async (agentId: string, privateKey: JWK): Promise<SignToken> => {
  const key = await importJWK(privateKey, "EdDSA");
  return (now) => {
    const issuedAt = Math.floor(now / 1000);
    return new SignJWT()
      .setProtectedHeader({ alg: "EdDSA", typ: "JWT" })
      .setIssuer(agentId)
      .setAudience(AUDIENCE)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + LIFETIME_S)
      .setJti(randomUUID())
      .sign(key);
  };
};
