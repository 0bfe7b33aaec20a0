// Who was erased and when, by tags that only a suppression key can make. A statement of this file can stand in a batch
// and fail it whole where what it would store is from before an erasure.

import { inArray, type SQL, sql } from "drizzle-orm";
import { tombstones } from "../../schema/tables-people.ts";
import { describeError } from "../describe-error.ts";
import type { Database } from "./database.ts";

export interface Erasure {
  readonly tag: string;
  readonly generation: number;
  readonly erasedAt: number;
}

/** Oldest first. */
export const erasuresOf = async (db: Database, tags: readonly string[]): Promise<Erasure[]> =>
  db
    .select({ tag: tombstones.tag, generation: tombstones.generation, erasedAt: tombstones.erasedAt })
    .from(tombstones)
    // As one parameter: a profile's identifiers have more tags than a statement may have parameters.
    .where(inArray(tombstones.tag, sql`(SELECT value FROM json_each(${JSON.stringify(tags)}))`))
    .orderBy(tombstones.generation);

/** Whether somebody with one of these tags was erased at `at` or later. */
export const isErasedSince = (tags: readonly string[], at: number): SQL => sql`EXISTS (
  SELECT 1 FROM ${tombstones} WHERE tag IN (SELECT value FROM json_each(${JSON.stringify(tags)}))
    AND erased_at >= ${at})`;

/** Fails the batch it stands in where `condition` holds: SQLite has no other word for it outside of a trigger. */
export const refusalWhere = (condition: SQL): SQL =>
  sql`INSERT INTO ${tombstones} (tag, generation, key_id, erased_at) SELECT NULL, 0, '', 0 WHERE ${condition}`;

/** The same for drizzle's own batches. */
export const refuseWhere = (db: Database, condition: SQL) =>
  db.insert(tombstones).select(
    db
      .select({
        tag: sql<string>`null`.as("tag"),
        generation: sql<number>`0`.as("generation"),
        keyId: sql<string>`''`.as("key_id"),
        erasedAt: sql<number>`0`.as("erased_at"),
      })
      .from(sql`(SELECT 1)`)
      .where(condition),
  );

/** Whether a batch failed because somebody else was first, or because of `refuseWhere`. */
export const isConflict = (error: unknown): boolean => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : "";
  return /UNIQUE constraint failed|NOT NULL constraint failed: tombstones/i.test(
    `${describeError(error)} ${cause}`,
  );
};
