// Reads the change feed, and removes what is past its time. Which `seq` was removed last is kept in the batch of the
// removal, so that a reader who missed something is always told so. D1 has one writer: `seq` order is commit order.

import { getTableName, type SQL, sql } from "drizzle-orm";
import type { ChangeType } from "../../schema/changes.ts";
import { changes } from "../../schema/tables-identity.ts";
import { settings } from "../../schema/tables.ts";
import type { Database } from "./database.ts";
import { type Progress, progressOf } from "./progress.ts";
import { answerAll, runAll } from "./run-all.ts";

export const CHANGES_KEPT_MS = 90 * 86_400_000;
const REMOVED = "changes_removed";
const ROWS_AT_ONCE = 5_000;

export interface Change {
  readonly seq: number;
  readonly type: ChangeType;
  readonly profileId: string;
  readonly previousIds: readonly string[];
  readonly at: number;
}

export interface ChangeRead {
  /** Everything up to it is gone; 0 while all is kept. */
  readonly removedThrough: number;
  /** The last one that happened. */
  readonly head: number;
  readonly changes: readonly Change[];
}

interface Row {
  head: number;
  removedThrough: number;
  seq: number | null;
  type: ChangeType;
  profileId: string;
  previousIds: string | null;
  at: number;
}

/** Kept apart: the rows that are left do not tell what was there before them. */
export const removedThrough: SQL = sql`coalesce((SELECT cast(value AS INTEGER) FROM ${settings} WHERE key = ${REMOVED}), 0)`;

/** How far the log goes, as an SQL value. Not its newest row: an erasure takes rows away. */
export const changeHead: SQL = sql`coalesce(
  (SELECT seq FROM sqlite_sequence WHERE name = ${getTableName(changes)}), 0)`;

/** Up to `limit` changes after `after` that the feed tells. One statement, so that all it says is of one moment. */
export const readChanges = async (db: Database, after: number, limit: number): Promise<ChangeRead> => {
  const [answer] = await answerAll(db, [
    sql`SELECT e.head, e.removed AS removedThrough, c.seq, c.type, c.profile_id AS profileId,
        c.previous_ids AS previousIds, c.at
      FROM (SELECT ${changeHead} AS head, ${removedThrough} AS removed) e
      LEFT JOIN (SELECT * FROM ${changes} WHERE seq > ${after} AND type <> 'visit.started'
        ORDER BY seq LIMIT ${limit}) c ON true
      ORDER BY c.seq`,
  ]);
  const rows = (answer?.results ?? []) as unknown as Row[];
  return {
    removedThrough: rows[0]?.removedThrough ?? 0,
    head: rows[0]?.head ?? 0,
    changes: rows.flatMap(({ seq, type, profileId, previousIds, at }) =>
      seq === null
        ? []
        : [{ seq, type, profileId, previousIds: JSON.parse(previousIds ?? "[]") as string[], at }],
    ),
  };
};

/** The oldest rows, as far as each is past its time: the log loses its beginning and never its middle. */
export const removeOldChanges = async (db: Database, now: number): Promise<Progress> => {
  const oldest = sql`(SELECT seq, at FROM ${changes} ORDER BY seq LIMIT ${ROWS_AT_ONCE})`;
  const through = sql`(SELECT max(seq) FROM ${oldest} WHERE seq < coalesce(
    (SELECT min(seq) FROM ${oldest} WHERE at > ${now - CHANGES_KEPT_MS}), 9e15))`;
  const removed = await runAll(db, [
    sql`INSERT INTO ${settings} (key, value, updated_at)
      SELECT ${REMOVED}, through, ${now} FROM (SELECT ${through} AS through) WHERE through IS NOT NULL
      ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
    sql`DELETE FROM ${changes} WHERE seq IN (
      SELECT seq FROM ${changes} WHERE seq <= ${removedThrough} ORDER BY seq LIMIT ${ROWS_AT_ONCE})`,
  ]);
  return progressOf(removed.slice(1), ROWS_AT_ONCE);
};
