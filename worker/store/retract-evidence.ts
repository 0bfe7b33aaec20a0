// Takes back one piece of evidence by an operator's word. It stays as a row that counts as never seen, so that telling it
// again does not bring it back.

import { sql } from "drizzle-orm";
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
