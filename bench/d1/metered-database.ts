// The Worker's own store functions over a local D1, with what D1 says each statement read and wrote added up, batches
// included.

import type { LocalDatabase } from "../../scripts/runtime/types.ts";
import { type Database, database } from "../../worker/store/database.ts";

export interface Rows {
  read: number;
  written: number;
  /** A batch counts each of its statements. */
  statements: number;
  /** Questions sent: a batch is one. */
  trips: number;
}

const NONE: Rows = { read: 0, written: 0, statements: 0, trips: 0 };

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
  const rows: Rows = { ...NONE };
  const real = new WeakMap<Statement, Statement>();
  const note = (answer: Answer): Answer => {
    rows.read += answer.meta.rows_read ?? 0;
    rows.written += answer.meta.rows_written ?? 0;
    rows.statements += 1;
    return answer;
  };
  const asked = async (inner: Statement): Promise<Answer> => {
    rows.trips += 1;
    return note(await inner.all());
  };
  const metered = (inner: Statement): Statement => {
    const outer: Statement = {
      bind: (...values) => metered(inner.bind(...values)),
      all: async () => asked(inner),
      run: async () => asked(inner),
      // The raw form carries no count, so it is made from the other.
      raw: async () => (await asked(inner)).results.map((row) => Object.values(row)),
    };
    real.set(outer, inner);
    return outer;
  };
  const binding: Binding = {
    prepare: (sql) => metered(inside.prepare(sql)),
    batch: async (statements) => {
      rows.trips += 1;
      const answers = await inside.batch(statements.map((statement) => real.get(statement) ?? statement));
      return answers.map(note);
    },
  };
  return {
    db: database(binding as unknown as Parameters<typeof database>[0]),
    rowsOf: async (work) => {
      Object.assign(rows, NONE);
      await work();
      return { ...rows };
    },
  };
};
