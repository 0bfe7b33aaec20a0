// Whether a signature is the HMAC of what came, for connectors: any spelling that is no signature is simply not one.

import { createHmac } from "node:crypto";
import { sameBytes } from "./same-bytes.ts";

type Part = string | Uint8Array;

interface Signature {
  readonly hash: "sha1" | "sha256";
  readonly secret: string | Uint8Array;
  /** One after the other, as they were signed. */
  readonly parts: readonly Part[];
  readonly encoding: "hex" | "base64";
  /** As the header has it, without its prefix; null: there is none. */
  readonly given: string | null | undefined;
}

const SHAPE = { hex: /^[0-9a-fA-F]+$/, base64: /^[A-Za-z0-9+/]+={0,2}$/ };

/** The bytes of a signature, or null: Buffer would skip what is no digit. */
const bytesOf = (text: string, encoding: Signature["encoding"]): Uint8Array | null =>
  SHAPE[encoding].test(text) ? Buffer.from(text, encoding) : null;

export const isHmac = ({ hash, secret, parts, encoding, given }: Signature): boolean => {
  const hmac = createHmac(hash, secret);
  for (const part of parts) hmac.update(part);
  const told = bytesOf(given?.trim() ?? "", encoding);
  return told !== null && sameBytes(told, hmac.digest());
};
