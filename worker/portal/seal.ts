// Seals personal values at rest: AES-256-GCM under a versioned key. What a value belongs to is bound to it, so that
// a sealed value copied to another row does not open there.

import type { VersionedKey } from "../env.ts";

const IV_BYTES = 12;

export interface Seal {
  /** `keyId.base64url(iv ‖ ciphertext)`. `context` must be given again to open it. */
  seal(text: string, context: string): Promise<string>;
  /** Throws when the key is gone or the value was not sealed in this context. */
  open(sealed: string, context: string): Promise<string>;
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, "base64url"));

export const makeSeal = (keys: readonly VersionedKey[]): Seal => {
  const imported = new Map(
    keys.map(({ keyId, key }) => [
      keyId,
      crypto.subtle.importKey("raw", bytesOf(key), "AES-GCM", false, ["encrypt", "decrypt"]),
    ]),
  );
  const newest = keys[0]?.keyId ?? "";
  const keyOf = async (keyId: string): Promise<CryptoKey> => {
    const key = imported.get(keyId);
    if (!key) throw new Error(`The sealing key ${keyId} is not configured any more`);
    return key;
  };
  const bound = (context: string) => new TextEncoder().encode(context);
  return {
    seal: async (text, context) => {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const algorithm = { name: "AES-GCM", iv, additionalData: bound(context) };
      const cipher = await crypto.subtle.encrypt(
        algorithm,
        await keyOf(newest),
        new TextEncoder().encode(text),
      );
      return `${newest}.${Buffer.concat([iv, new Uint8Array(cipher)]).toString("base64url")}`;
    },
    open: async (sealed, context) => {
      const [keyId = "", data = ""] = sealed.split(".");
      const bytes = bytesOf(data);
      const algorithm = { name: "AES-GCM", iv: bytes.subarray(0, IV_BYTES), additionalData: bound(context) };
      const plain = await crypto.subtle.decrypt(algorithm, await keyOf(keyId), bytes.subarray(IV_BYTES));
      return new TextDecoder().decode(plain);
    },
  };
};
