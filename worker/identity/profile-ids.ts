// The public id of a profile: HMAC-SHA-256 of its anchor under the newest IDENTIFIER_KEY, first 16 bytes in hex. The same
// anchor always has the same id, and an id, which outlives an erasure in others' hands, tells nothing of the anchor.

import { createHmac } from "node:crypto";
import type { ProfileId } from "../../schema/ids.ts";
import type { AnchorId } from "../core/identity/anchor-id.ts";
import type { VersionedKey } from "../env.ts";

export type ProfileIdOf = (anchor: AnchorId) => ProfileId;

export const profileIds = (keys: readonly VersionedKey[]): ProfileIdOf => {
  const [newest] = keys;
  if (newest === undefined) throw new Error("Profile ids were made without a key");
  const key = Buffer.from(newest.key, "base64url");
  return (anchor) =>
    `pr_${createHmac("sha256", key).update(`quen-profile/${anchor}`).digest().subarray(0, 16).toString("hex")}` as ProfileId;
};
