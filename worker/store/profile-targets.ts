// Which profiles are asked for, as SQL with the column (anchor): by one of their ids, by identifiers, or a page of all.

import { type SQL, sql } from "drizzle-orm";
import type { ProfileId, SubjectKey } from "../../schema/ids.ts";
import { aliases, assignments, profiles } from "../../schema/tables-identity.ts";
import { identifiers } from "../../schema/tables-people.ts";

export type ProfileTarget =
  /** Any id ever given, while its identifier has not been erased. */
  | { readonly by: "id"; readonly id: ProfileId }
  | { readonly by: "keys"; readonly keys: readonly SubjectKey[] }
  /** In the order of ids, from the one after `after` on. */
  | { readonly by: "page"; readonly after: ProfileId | null; readonly limit: number };

export const anchorsOf = (target: ProfileTarget): SQL => {
  switch (target.by) {
    case "id":
      return sql`SELECT s.anchor FROM ${aliases} a
        CROSS JOIN ${identifiers} i ON i.key = a.key AND i.generation = a.generation
        CROSS JOIN ${assignments} s ON s.key = a.key WHERE a.id = ${target.id}`;
    case "keys":
      return sql`SELECT DISTINCT s.anchor FROM json_each(${JSON.stringify(target.keys)}) k
        CROSS JOIN ${assignments} s ON s.key = k.value`;
    case "page":
      return sql`SELECT p.anchor FROM ${profiles} p WHERE p.id > ${target.after ?? ""} ORDER BY p.id LIMIT ${target.limit}`;
  }
};

/** `member(anchor, key)`: every identifier of the profiles asked for, as a part of a WITH. */
export const membersOf = (target: ProfileTarget): SQL => sql`
  member(anchor, key) AS MATERIALIZED (SELECT t.anchor, s.key FROM (${anchorsOf(target)}) t
    CROSS JOIN ${assignments} s ON s.anchor = t.anchor)`;
