// Takes back evidence: one piece by an operator's word, or all of identifiers of which it is not known any more whose they
// are. It stays as rows that count as never seen, so that telling it again does not bring it back.

import { type SQL, sql } from "drizzle-orm";
import { evidence } from "../../schema/tables-people.ts";
import { type Audit, auditSql } from "./audit.ts";
import type { Database } from "./database.ts";
import { decideAgain } from "./pending.ts";
import { runAll } from "./run-all.ts";

/** False when there is none that counts. */
export const retractEvidence = async (db: Database, id: string, audit: Audit): Promise<boolean> => {
  const active = sql`${evidence} WHERE id = ${id} AND retracted_at IS NULL`;
  const changed = await runAll(db, [
    auditSql(audit, sql`EXISTS (SELECT 1 FROM ${active})`),
    decideAgain(sql`SELECT a AS key FROM ${active} UNION SELECT b FROM ${active}`, audit.at),
    sql`UPDATE ${evidence} SET retracted_at = ${audit.at} WHERE id = ${id} AND retracted_at IS NULL`,
  ]);
  return (changed[2] ?? 0) > 0;
};

/** They stand alone until somebody looks at them. For a batch. */
export const standAlone = (keys: readonly string[], at: number): SQL[] => {
  const list = sql`(SELECT value FROM json_each(${JSON.stringify(keys)}))`;
  const active = sql`${evidence} WHERE retracted_at IS NULL AND (a IN ${list} OR b IN ${list})`;
  return keys.length === 0
    ? []
    : [
        decideAgain(sql`SELECT a AS key FROM ${active} UNION SELECT b FROM ${active}`, at),
        sql`UPDATE ${evidence} SET retracted_at = ${at} WHERE retracted_at IS NULL AND (a IN ${list} OR b IN ${list})`,
      ];
};
