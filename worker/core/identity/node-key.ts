// The key of an identity node: HMAC-SHA-256 of (realm, kind, value), first 16 bytes, base64url (design section 4).
// Length prefixes keep two different nodes from ever giving the same message. The key itself stays with the caller.

import type { SubjectKey } from "../../../schema/ids.ts";
import { utf8 } from "./utf8.ts";

export type Realm = "store" | "commerce";

export interface IdentityNode {
  readonly realm: Realm;
  /** `phone`, `email`, `zalo_app:{appId}`, … */
  readonly kind: string;
  /** Already normalised: the same person's value must always be spelled the same. */
  readonly value: string;
}

/** HMAC-SHA-256 under one version of `IDENTIFIER_KEY`; answers all 32 bytes. */
export type Hmac = (message: Uint8Array) => Promise<Uint8Array>;

/** Each part is preceded by its length in bytes, 4 bytes big-endian. */
export const nodeMessage = (node: IdentityNode): Uint8Array => {
  const parts = [node.realm, node.kind, node.value].map(utf8);
  const message = new Uint8Array(parts.reduce((size, part) => size + 4 + part.length, 0));
  const view = new DataView(message.buffer);
  let at = 0;
  for (const part of parts) {
    view.setUint32(at, part.length);
    message.set(part, at + 4);
    at += 4 + part.length;
  }
  return message;
};

export const nodeKey = async (hmac: Hmac, node: IdentityNode): Promise<SubjectKey> =>
  base64url((await hmac(nodeMessage(node))).subarray(0, 16)) as SubjectKey;

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const base64url = (bytes: Uint8Array): string => {
  let text = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      text += ALPHABET.charAt((held >> bits) & 63);
    }
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + ALPHABET.charAt((held << (6 - bits)) & 63);
};
