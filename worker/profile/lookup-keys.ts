// The node keys under which an identifier may be known. One value may be known in both realms, and there it is two people
// until one of them says otherwise.

import { parseIdentifier, type Identifier } from "../../schema/identifiers.ts";
import type { SubjectKey } from "../../schema/ids.ts";
import type { IdentifierKeyOf } from "../identity/identifier-keys.ts";

/** Store first. Null for what is no identifier of its kind. */
export const lookupKeys = async (
  keyOf: IdentifierKeyOf,
  identifier: Identifier,
): Promise<readonly SubjectKey[] | null> => {
  const parsed = parseIdentifier(identifier);
  return parsed === null ? null : Promise.all([keyOf("store", parsed), keyOf("commerce", parsed)]);
};
