// Which identifier a profile id names: the one it was made from, wherever that is now. An id from before an erasure names
// nobody.

import { and, eq, inArray } from "drizzle-orm";
import type { ProfileId, SubjectKey } from "../../schema/ids.ts";
import { aliases, assignments } from "../../schema/tables-identity.ts";
import { identifiers } from "../../schema/tables-people.ts";
import type { Database } from "./database.ts";

export const identifierNamedBy = async (db: Database, id: ProfileId): Promise<SubjectKey | null> => {
  const [row] = await db
    .select({ named: aliases.key })
    .from(aliases)
    .innerJoin(
      identifiers,
      and(eq(identifiers.key, aliases.key), eq(identifiers.generation, aliases.generation)),
    )
    .where(eq(aliases.id, id));
  return row === undefined ? null : (row.named as SubjectKey);
};

/** All identifiers of the profile that this one is of, itself first. */
export const profileWith = async (db: Database, key: SubjectKey): Promise<SubjectKey[]> => {
  const anchor = db.select({ anchor: assignments.anchor }).from(assignments).where(eq(assignments.key, key));
  const rows = await db
    .select({ key: assignments.key })
    .from(assignments)
    .where(inArray(assignments.anchor, anchor))
    .orderBy(assignments.key);
  return [key, ...rows.map((row) => row.key as SubjectKey).filter((other) => other !== key)];
};
