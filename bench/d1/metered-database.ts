// The Worker's own store functions over a local D1, with what D1 says each statement read and wrote added up, batches
// included.

import type { LocalDatabase } from "../../scripts/runtime/types.ts";
import { type Database, database } from "../../worker/store/database.ts";

export interface Rows {
  read: number;
  written: number;
}

interface Answer {
  results: Record<string, unknown>[];
  meta: { rows_read?: number; rows_written?: number };
}

interface Statement {
  bind(...values: unknown[]): Statement;
  all(): Promise<Answer>;
  run(): Promise<Answer>;
  raw(): Promise<unknown[][]>;
}

interface Binding {
  prepare(sql: string): Statement;
  batch(statements: Statement[]): Promise<Answer[]>;
}

export interface MeteredDatabase {
  db: Database;
  /** Rows that `work` made D1 read and write. */
  rowsOf: (work: () => Promise<unknown>) => Promise<Rows>;
}

export const meteredDatabase = (local: LocalDatabase): MeteredDatabase => {
  const inside = local as unknown as Binding;
  const rows: Rows = { read: 0, written: 0 };
  const real = new WeakMap<Statement, Statement>();
  const note = (answer: Answer): Answer => {
    rows.read += answer.meta.rows_read ?? 0;
    rows.written += answer.meta.rows_written ?? 0;
    return answer;
  };
  const metered = (inner: Statement): Statement => {
    const outer: Statement = {
      bind: (...values) => metered(inner.bind(...values)),
      all: async () => note(await inner.all()),
      run: async () => note(await inner.all()),
      // The raw form carries no count, so it is made from the other.
      raw: async () => note(await inner.all()).results.map((row) => Object.values(row)),
    };
    real.set(outer, inner);
    return outer;
  };
  const binding: Binding = {
    prepare: (sql) => metered(inside.prepare(sql)),
    batch: async (statements) => {
      const answers = await inside.batch(statements.map((statement) => real.get(statement) ?? statement));
      return answers.map(note);
    },
  };
  return {
    db: database(binding as unknown as Parameters<typeof database>[0]),
    rowsOf: async (work) => {
      Object.assign(rows, { read: 0, written: 0 });
      await work();
      return { ...rows };
    },
  };
};
