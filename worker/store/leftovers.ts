// Who was erased and stands again because a database was restored. An identifier is made with the number of erasures before
// it, so one that knows of fewer than there are tombstones is a leftover, unless it was first seen after the last of them:
// identifiers from before the profile graph know of none.

import { type SQL, sql } from "drizzle-orm";
import type { SubjectKey } from "../../schema/ids.ts";
import { identifiers, tombstones } from "../../schema/tables-people.ts";
import type { Audit } from "./audit.ts";
import { auditSql } from "./audit.ts";
import type { Database } from "./database.ts";
import { answerAll, runAll } from "./run-all.ts";
import type { TagsOf } from "./visit-sets.ts";

/** As far as a till's clock may be ahead, so may the time at which it says that it saw somebody. */
const AHEAD_MS = 10 * 60_000;

export type TombstoneRow = typeof tombstones.$inferSelect;

const ask = async <Row>(db: Database, statement: SQL): Promise<Row[]> =>
  ((await answerAll(db, [statement]))[0]?.results ?? []) as Row[];

/** In the order of tag and generation, after the one given. */
export const tombstonesAfter = async (
  db: Database,
  after: { tag: string; generation: number },
  limit: number,
): Promise<TombstoneRow[]> =>
  ask(
    db,
    sql`SELECT tag, generation, key_id AS keyId, erased_at AS erasedAt FROM ${tombstones}
      WHERE (tag, generation) > (${after.tag}, ${after.generation}) ORDER BY tag, generation LIMIT ${limit}`,
  );

/** Those that are there stay as they are. Answers how many were missing. */
export const putBack = async (db: Database, rows: readonly TombstoneRow[], audit: Audit): Promise<number> => {
  const list = rows.map(({ tag, generation, keyId, erasedAt }) => [tag, generation, keyId, erasedAt]);
  const [added = 0] = await runAll(db, [
    sql`INSERT INTO ${tombstones} (tag, generation, key_id, erased_at)
      SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(${JSON.stringify(list)}) WHERE true
      ON CONFLICT (tag, generation) DO NOTHING`,
    auditSql(audit, sql`true`),
  ]);
  return added;
};

/** Of a page of identifiers, in the order of keys, those that are leftovers. */
export const leftoversAfter = async (
  db: Database,
  after: string,
  limit: number,
  tagsOf: TagsOf,
): Promise<{ keys: SubjectKey[]; last: string | null }> => {
  const page = await ask<{ key: SubjectKey; generation: number; firstSeenAt: number }>(
    db,
    sql`SELECT key, generation, first_seen_at AS firstSeenAt FROM ${identifiers}
      WHERE key > ${after} ORDER BY key LIMIT ${limit}`,
  );
  const marks = page.flatMap(({ key, generation, firstSeenAt }) =>
    tagsOf(key).map((tag) => [key, generation, tag, firstSeenAt - AHEAD_MS]),
  );
  const found = await ask<{ key: SubjectKey }>(
    db,
    sql`SELECT DISTINCT m.value ->> 0 AS key FROM json_each(${JSON.stringify(marks)}) m
      JOIN ${tombstones} t ON t.tag = m.value ->> 2 AND t.generation > m.value ->> 1
        AND t.erased_at >= m.value ->> 3 ORDER BY 1`,
  );
  return {
    keys: found.map(({ key }) => key),
    last: page.length < limit ? null : (page.at(-1)?.key ?? null),
  };
};
