// The keyed functions of the portal: device tokens, node keys of identifiers, the signature of consent records.

import { createHmac } from "node:crypto";
import { type DeviceToken, type SubjectKey } from "../../schema/ids.ts";
import type { Person } from "../../captive-portal/person.ts";
import type { Sealer } from "../core/consent/append.ts";
import type { VersionedKey } from "../env.ts";
import { identifierKeys } from "../identity/identifier-keys.ts";

const newest = (keys: readonly VersionedKey[]): VersionedKey => {
  const [first] = keys;
  if (!first) throw new Error("A keyed function was made without a key");
  return first;
};

/** As agents make it: first 16 bytes of HMAC-SHA-256(newest DEVICE_KEY, 6 raw MAC bytes). */
export const deviceTokens = (keys: readonly VersionedKey[]) => {
  const key = Buffer.from(newest(keys).key, "base64url");
  return (mac: string): DeviceToken =>
    createHmac("sha256", key)
      .update(Buffer.from(mac, "hex"))
      .digest()
      .subarray(0, 16)
      .toString("base64url") as DeviceToken;
};

/** The store realm's node key of a person. */
export const personKeys = (keys: readonly VersionedKey[]) => {
  const keyOf = identifierKeys(keys);
  return (person: Person): Promise<SubjectKey> => keyOf("store", identifierOf(person));
};

/** The store realm's node key of an e-mail in lower case. */
export const emailKeys = (keys: readonly VersionedKey[]) => {
  const keyOf = identifierKeys(keys);
  return (email: string): Promise<SubjectKey> => keyOf("store", { kind: "email", value: email });
};

/** Kind and value of the identifier that was proven (design section 4). */
export const identifierOf = (person: Person): { kind: string; value: string } =>
  person.kind === "phone"
    ? { kind: "phone", value: person.phone }
    : { kind: `zalo_app:${person.appId}`, value: person.userId };

/** PKCS #8 of an Ed25519 seed (RFC 8410): a fixed head and the 32 bytes. */
const PKCS8_HEAD = "302e020100300506032b657004220420";

const signingKey = (key: string): Promise<CryptoKey> => {
  const pkcs8 = Buffer.concat([Buffer.from(PKCS8_HEAD, "hex"), Buffer.from(key, "base64url")]);
  return crypto.subtle.importKey("pkcs8", new Uint8Array(pkcs8), "Ed25519", true, ["sign"]);
};

/** SHA-256 in lower-case hex and Ed25519 in base64url, by the newest key. */
export const consentSealer = (keys: readonly VersionedKey[]): Sealer => {
  const { keyId, key } = newest(keys);
  const imported = signingKey(key);
  return {
    sha256: async (text) => {
      const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
      return Buffer.from(digest).toString("hex");
    },
    sign: async (text) => {
      const signature = await crypto.subtle.sign("Ed25519", await imported, new TextEncoder().encode(text));
      return { signature: Buffer.from(signature).toString("base64url"), keyId };
    },
  };
};

/** The public halves, for anybody who checks a receipt: JWKs (RFC 8037) with `kid`. */
export const publicKeys = (keys: readonly VersionedKey[]) =>
  Promise.all(
    keys.map(async ({ keyId, key }) => {
      const jwk = await crypto.subtle.exportKey("jwk", await signingKey(key));
      if (jwk instanceof ArrayBuffer) throw new Error("An Ed25519 key was exported in the wrong format");
      return { kty: "OKP", crv: "Ed25519", x: jwk.x ?? "", kid: keyId, use: "sig", alg: "EdDSA" };
    }),
  );
