// Identifiers about which something must be decided again: a statement that stands in the batch of the facts that changed,
// so that no crash can leave facts without their decision.

import { type SQL, sql } from "drizzle-orm";
import { identityPending } from "../../schema/tables-identity.ts";

/** `keys`: an SQL query with the column (key). */
export const decideAgain = (keys: SQL, at: number): SQL => sql`
  INSERT INTO ${identityPending} (key, at) SELECT told.key, ${at} FROM (${keys}) told`;

export const decideAgainAbout = (keys: readonly string[], at: number): SQL =>
  decideAgain(sql`SELECT value AS key FROM json_each(${JSON.stringify(keys)})`, at);
