// Runs hand-written statements as one atomic D1 batch. drizzle's own `batch` takes built queries only: a raw one
// with parameters has no statement to bind to.

import type { SQL } from "drizzle-orm";
import { SQLiteAsyncDialect } from "drizzle-orm/sqlite-core";
import type { Database } from "./database.ts";

const dialect = new SQLiteAsyncDialect({ casing: "snake_case" });

/** Rows changed by each. Throws when the database does not answer; then none of the statements took effect. */
export const runAll = async (db: Database, statements: readonly SQL[]): Promise<number[]> => {
  if (statements.length === 0) return [];
  const results = await db.$client.batch(
    statements.map((statement) => {
      const { sql, params } = dialect.sqlToQuery(statement);
      return db.$client.prepare(sql).bind(...params);
    }),
  );
  return results.map((result) => result.meta.changes);
};
