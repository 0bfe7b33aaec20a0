// MD5, for the vendors whose protocols are made of it. Nothing of ours may rest on it.

import { createHash } from "node:crypto";
import { toHex } from "./bytes.ts";

/** Of the parts one after another; text as UTF-8. */
export const md5 = (...parts: readonly (string | Uint8Array)[]): Uint8Array => {
  const hash = createHash("md5");
  for (const part of parts) hash.update(typeof part === "string" ? new TextEncoder().encode(part) : part);
  return new Uint8Array(hash.digest());
};

/** In lower case. */
export const md5Hex = (...parts: readonly (string | Uint8Array)[]): string => toHex(md5(...parts));
