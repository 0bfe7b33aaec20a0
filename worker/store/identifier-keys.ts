// Every identifier, page by page in the order of keys.

import { asc, count, gt } from "drizzle-orm";
import type { SubjectKey } from "../../schema/ids.ts";
import { identifiers } from "../../schema/tables-people.ts";
import type { Database } from "./database.ts";

export const keysAfter = async (
  db: Database,
  after: SubjectKey | null,
  limit: number,
): Promise<SubjectKey[]> => {
  const rows = await db
    .select({ key: identifiers.key })
    .from(identifiers)
    .where(after === null ? undefined : gt(identifiers.key, after))
    .orderBy(asc(identifiers.key))
    .limit(limit);
  return rows.map((row) => row.key as SubjectKey);
};

export const countIdentifiers = async (db: Database): Promise<number> => {
  const [row] = await db.select({ n: count() }).from(identifiers);
  return row?.n ?? 0;
};
