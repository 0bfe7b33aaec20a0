// Rows into a table of a local D1, many a statement.

import type { LocalDatabase } from "../scripts/runtime/types.ts";

const ROWS_A_STATEMENT = 2_000;

export type Cell = string | number | null;

/** `into`: a table, or a table and its columns. A row that is there already stays. */
export const insertRows = async (d1: LocalDatabase, into: string, rows: readonly Cell[][]): Promise<void> => {
  const columns = (rows[0] ?? []).map((_, index) => `value ->> '$[${index}]'`).join(", ");
  for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT) {
    const part = JSON.stringify(rows.slice(at, at + ROWS_A_STATEMENT));
    const statement = d1.prepare(`INSERT OR IGNORE INTO ${into} SELECT ${columns} FROM json_each(?)`);
    await statement.bind(part).all();
  }
};
