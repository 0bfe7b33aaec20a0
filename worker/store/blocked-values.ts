// Values that say nothing about anyone, by an operator's word: kept by key, so that the word holds before the value is told
// and after it is forgotten. Neighbours are decided again too: they have one contact more or less.

import { type SQL, sql } from "drizzle-orm";
import type { SubjectKey } from "../../schema/ids.ts";
import { blockedValues, identityStatements } from "../../schema/tables-identity.ts";
import { evidence, identifiers } from "../../schema/tables-people.ts";
import { type Audit, auditSql } from "./audit.ts";
import { updated } from "./change-log.ts";
import type { Database } from "./database.ts";
import { decideAgain } from "./pending.ts";
import { answerAll } from "./run-all.ts";

/** `keys`: one value in both realms. */
export interface Word {
  readonly keys: readonly SubjectKey[];
  readonly reason: string;
}

const listOf = (keys: readonly string[]): SQL => sql`(SELECT value FROM json_each(${JSON.stringify(keys)}))`;

const around = (keys: SQL): SQL => sql`
  SELECT key FROM ${identifiers} WHERE key IN ${keys}
  UNION SELECT b FROM ${evidence} WHERE a IN ${keys} UNION SELECT a FROM ${evidence} WHERE b IN ${keys}
  UNION SELECT b FROM ${identityStatements} WHERE a IN ${keys}
  UNION SELECT a FROM ${identityStatements} WHERE b IN ${keys}`;

/** How many identifiers have the value; null when nothing changed, because it is so already. */
export const setBlocked = async (
  db: Database,
  { keys, reason }: Word,
  to: "blocked" | "open",
  audit: Audit,
): Promise<number | null> => {
  const list = listOf(keys);
  const known = sql`SELECT count(*) FROM ${blockedValues} WHERE key IN ${list}`;
  const [isNew, mark] =
    to === "blocked"
      ? [
          sql`(${known}) < ${keys.length}`,
          sql`INSERT INTO ${blockedValues} (key, reason, actor, at)
            SELECT value, ${reason}, ${audit.actor}, ${audit.at} FROM json_each(${JSON.stringify(keys)}) WHERE true
            ON CONFLICT DO NOTHING`,
        ]
      : [sql`(${known}) > 0`, sql`DELETE FROM ${blockedValues} WHERE key IN ${list}`];
  const answers = await answerAll(db, [
    auditSql(audit, isNew),
    // Who is alone with the value is decided as before, and still no longer shown, or shown again.
    ...updated(sql`SELECT value AS key FROM json_each(${JSON.stringify(keys)}) WHERE ${isNew}`, audit.at),
    decideAgain(sql`SELECT key FROM (${around(list)}) WHERE ${isNew}`, audit.at),
    mark,
    sql`UPDATE ${identifiers} SET blocked = ${to === "blocked" ? 1 : 0} WHERE key IN ${list}`,
  ]);
  if (answers[0]?.meta.changes === 0) return null;
  return answers.at(-1)?.meta.changes ?? 0;
};
