// One identifier of each profile that holds one of the given keys: a profile that was not decided about yet is the
// identifier itself.

import { sql } from "drizzle-orm";
import type { SubjectKey } from "../../schema/ids.ts";
import { assignments } from "../../schema/tables-identity.ts";
import { identifiers } from "../../schema/tables-people.ts";
import type { Database } from "./database.ts";
import { listed } from "./erasure-members.ts";
import { answerAll } from "./run-all.ts";

export const unjoinedProfiles = async (db: Database, keys: readonly SubjectKey[]): Promise<SubjectKey[]> => {
  if (keys.length === 0) return [];
  const [answer] = await answerAll(db, [
    sql`SELECT min(i.key) AS key FROM ${identifiers} i LEFT JOIN ${assignments} s ON s.key = i.key
      WHERE i.key IN ${listed(keys)} GROUP BY coalesce(s.anchor, i.key) ORDER BY 1`,
  ]);
  return ((answer?.results ?? []) as { key: SubjectKey }[]).map(({ key }) => key);
};
