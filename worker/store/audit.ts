// The audit row that goes into the same batch as what it tells of.

import { type SQL, sql } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import { audit } from "../../schema/tables.ts";
import type { Database } from "./database.ts";

export interface Audit {
  id: string;
  at: number;
  /** An API key's id, `admin`, or an operator's session. */
  actor: string;
  action: string;
  target: string;
}

export const auditRow = (db: Database, entry: Audit) => db.insert(audit).values(entry);

/** For what was only read, and for a change that no row of the database holds. */
export const writeAudit = async (db: Database, entry: Audit): Promise<void> => {
  await auditRow(db, entry);
};

/** Written only if `table` holds a row to change; stands before the change in its batch, which takes it away. */
export const auditRowWhere = (db: Database, entry: Audit, table: SQLiteTable, where: SQL | undefined) =>
  db.insert(audit).select(
    db
      .select({
        id: sql`${entry.id}`.as("id"),
        at: sql`${entry.at}`.as("at"),
        actor: sql`${entry.actor}`.as("actor"),
        action: sql`${entry.action}`.as("action"),
        target: sql`${entry.target}`.as("target"),
      })
      .from(table)
      .where(where),
  );

/** The same as a hand-written statement: written only where `condition` holds. */
export const auditSql = (entry: Audit, condition: SQL): SQL => sql`
  INSERT INTO ${audit} (id, at, actor, action, target)
  SELECT ${entry.id}, ${entry.at}, ${entry.actor}, ${entry.action}, ${entry.target} WHERE ${condition}`;
