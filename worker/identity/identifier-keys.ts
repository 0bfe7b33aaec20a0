// The node key of an identifier that `parseIdentifier` accepted, in either realm (design section 4).

import { createHmac } from "node:crypto";
import type { Identifier } from "../../schema/identifiers.ts";
import type { SubjectKey } from "../../schema/ids.ts";
import { nodeKey, type Realm } from "../core/identity/node-key.ts";
import type { VersionedKey } from "../env.ts";

export type IdentifierKeyOf = (realm: Realm, identifier: Identifier) => Promise<SubjectKey>;

export const identifierKeys = (keys: readonly VersionedKey[]): IdentifierKeyOf => {
  const [newest] = keys;
  if (newest === undefined) throw new Error("Node keys were made without a key");
  const key = Buffer.from(newest.key, "base64url");
  const hmac = async (message: Uint8Array): Promise<Uint8Array> =>
    new Uint8Array(createHmac("sha256", key).update(message).digest());
  return (realm, { kind, value }) => nodeKey(hmac, { realm, kind, value });
};
