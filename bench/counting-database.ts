// The Worker's own store functions over a local D1, with the rows that D1 says it read added up.

import type { LocalDatabase } from "../scripts/runtime/types.ts";
import { type Database, database } from "../worker/store/database.ts";

interface Answer {
  results: Record<string, unknown>[];
  meta: { rows_read?: number };
}

interface Statement {
  bind(...values: unknown[]): Statement;
  all(): Promise<Answer>;
  raw(): Promise<unknown[][]>;
}

export interface CountingDatabase {
  db: Database;
  /** Rows read by what `work` asks. */
  rowsRead: (work: () => Promise<unknown>) => Promise<number>;
}

export const countingDatabase = (local: LocalDatabase): CountingDatabase => {
  let read = 0;
  const count = (inner: Statement): Statement => ({
    bind: (...values) => count(inner.bind(...values)),
    all: async () => {
      const answer = await inner.all();
      read += answer.meta.rows_read ?? 0;
      return answer;
    },
    // The raw form carries no count, so it is made from the other.
    raw: async () => {
      const answer = await inner.all();
      read += answer.meta.rows_read ?? 0;
      return answer.results.map((row) => Object.values(row));
    },
  });
  const binding = { prepare: (sql: string) => count(local.prepare(sql) as unknown as Statement) };
  return {
    db: database(binding as unknown as D1Database),
    rowsRead: async (work) => {
      read = 0;
      await work();
      return read;
    },
  };
};
