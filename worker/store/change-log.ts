// What happened to profiles goes into `changes` in the batch of what caused it: never without it, never forgotten after it.
// These are statements for such batches; they find the profiles of identifiers themselves.

import { type SQL, sql } from "drizzle-orm";
import type { ChangeType } from "../../schema/changes.ts";
import { assignments, changes, profiles } from "../../schema/tables-identity.ts";

/**
 * One row a line of `rows`, an SQL query with the columns (key, type, data, at): `data` is JSON or null. A key without a
 * profile gives none: whoever resolves it tells that the profile was created.
 */
export const logChanges = (rows: SQL): SQL => sql`
  INSERT INTO ${changes} (type, profile_id, data, at)
  SELECT told.type, p.id, told.data, told.at FROM (${rows}) told
  JOIN ${assignments} s ON s.key = told.key JOIN ${profiles} p ON p.anchor = s.anchor`;

/** The profiles of `keys`, an SQL query with the column (key), show something else now. */
export const touchProfiles = (keys: SQL, at: number): SQL => sql`
  UPDATE ${profiles} SET version = version + 1, updated_at = max(updated_at, ${at})
  WHERE anchor IN (SELECT s.anchor FROM ${assignments} s WHERE s.key IN (${keys}))`;

/** For one identifier. Both statements, for a batch. */
export const changed = (
  key: string,
  change: { type: ChangeType; data: string | null; at: number },
): SQL[] => [
  logChanges(sql`SELECT ${key} AS key, ${change.type} AS type, ${change.data} AS data, ${change.at} AS at`),
  touchProfiles(sql`SELECT ${key}`, change.at),
];

/** One row `updated` a profile of `keys`, an SQL query with the column (key). */
export const logUpdated = (keys: SQL, at: number): SQL => sql`
  INSERT INTO ${changes} (type, profile_id, data, at)
  SELECT 'updated', p.id, NULL, ${at} FROM ${profiles} p
  WHERE p.anchor IN (SELECT s.anchor FROM ${assignments} s WHERE s.key IN (${keys}))`;

/** The profiles of `keys`, an SQL query with the column (key), show something else: one row a profile. For a batch. */
export const updated = (keys: SQL, at: number): SQL[] => [logUpdated(keys, at), touchProfiles(keys, at)];
