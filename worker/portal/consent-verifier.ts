// Checks consent records by the published halves of our own keys, as anybody else could.

import type { ChainVerifier } from "../core/consent/verify-chain.ts";
import type { VersionedKey } from "../env.ts";
import { consentSealer, publicKeys } from "./keys.ts";

export const consentVerifier = (keys: readonly VersionedKey[]): ChainVerifier => {
  const { sha256 } = consentSealer(keys);
  const imported = publicKeys(keys).then(async (jwks) =>
    Promise.all(
      jwks.map(
        async ({ kty, crv, x, kid }) =>
          [kid, await crypto.subtle.importKey("jwk", { kty, crv, x }, "Ed25519", false, ["verify"])] as const,
      ),
    ),
  );
  return {
    sha256,
    verify: async (text, signature, keyId) => {
      const key = (await imported).find(([kid]) => kid === keyId)?.[1];
      const bytes = Buffer.from(signature, "base64url");
      return key !== undefined && crypto.subtle.verify("Ed25519", key, bytes, new TextEncoder().encode(text));
    },
  };
};
