// Runs hand-written statements as one atomic D1 batch. drizzle's own `batch` takes built queries only: a raw one
// with parameters has no statement to bind to.

import type { SQL } from "drizzle-orm";
import { SQLiteAsyncDialect } from "drizzle-orm/sqlite-core";
import type { Database } from "./database.ts";

const dialect = new SQLiteAsyncDialect({ casing: "snake_case" });

/** What each answered. Throws when the database does not answer; then none of the statements took effect. */
export const answerAll = async (db: Database, statements: readonly SQL[]): Promise<D1Result[]> => {
  if (statements.length === 0) return [];
  return db.$client.batch(
    statements.map((statement) => {
      const { sql, params } = dialect.sqlToQuery(statement);
      return db.$client.prepare(sql).bind(...params);
    }),
  );
};

/** Rows changed by each. */
export const runAll = async (db: Database, statements: readonly SQL[]): Promise<number[]> =>
  (await answerAll(db, statements)).map((result) => result.meta.changes);
