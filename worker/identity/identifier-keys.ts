// The node key of an identifier that `parseIdentifier` accepted, in either realm (design section 4).

import type { Identifier } from "../../schema/identifiers.ts";
import type { SubjectKey } from "../../schema/ids.ts";
import type { Realm } from "../core/identity/node-key.ts";
import type { VersionedKey } from "../env.ts";
import { nodeKeys } from "../portal/keys.ts";

export type IdentifierKeyOf = (realm: Realm, identifier: Identifier) => Promise<SubjectKey>;

export const identifierKeys = (keys: readonly VersionedKey[]): IdentifierKeyOf => {
  const keyOf = nodeKeys(keys);
  return (realm, { kind, value }) => keyOf(realm, kind, value);
};
