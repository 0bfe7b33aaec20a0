// SHA-256 and comparison for credentials. Keys, codes and links are random, so a plain hash is enough to store.

import { createHash, timingSafeEqual } from "node:crypto";

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("base64url");

/** Equal without telling by time where they differ. */
export const sameSecret = (a: string, b: string): boolean =>
  timingSafeEqual(createHash("sha256").update(a).digest(), createHash("sha256").update(b).digest());
