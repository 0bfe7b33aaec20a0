// Marks who was erased without keeping who that was: HMAC-SHA-256 of a subject under each version of SUPPRESSION_KEYS.
// Synchronous, because a batch of visits needs hundreds.

import { createHmac } from "node:crypto";
import type { VersionedKey } from "../env.ts";
import type { TagsOf } from "../store/visit-sets.ts";

/** Of one subject, newest key first; whatever was marked under either is found. */
export const suppressionTags = (keys: readonly VersionedKey[]): TagsOf => {
  const raw = keys.map(({ key }) => Buffer.from(key, "base64url"));
  return (subject) =>
    raw.map((key) => createHmac("sha256", key).update(`quen-tombstone/${subject}`).digest("base64url"));
};
