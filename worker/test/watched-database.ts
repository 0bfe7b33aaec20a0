// The test database, watched batch by batch: what is asked is counted, and something may happen before any batch.

import { env } from "cloudflare:workers";
import { type Database, database } from "../store/database.ts";

export interface WatchedDatabase {
  readonly db: Database;
  readonly seen: { batches: number; statements: number; rowsRead: number; rowsWritten: number };
}

/** `before`: told the number of each batch, from 1; may throw, and then the batch does not run. */
export const watchedDatabase = (
  before: (batch: number) => Promise<void> | void = () => undefined,
): WatchedDatabase => {
  const seen = { batches: 0, statements: 0, rowsRead: 0, rowsWritten: 0 };
  const binding = {
    prepare: (sql: string) => env.DB.prepare(sql),
    batch: async (statements: D1PreparedStatement[]) => {
      seen.batches += 1;
      await before(seen.batches);
      const answers = await env.DB.batch(statements);
      seen.statements += statements.length;
      for (const { meta } of answers) {
        seen.rowsRead += meta.rows_read;
        seen.rowsWritten += meta.rows_written;
      }
      return answers;
    },
  };
  return { db: database(binding as unknown as D1Database), seen };
};
