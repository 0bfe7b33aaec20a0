// What every noun of the CLI gets: a connected client and one way to print.

import type { Client } from "./client.ts";
import { type Cell, table } from "./table.ts";

export interface Context {
  client(): Client;
  /** As JSON with --json, else as the text that `text` makes. */
  show<T>(value: T, text: (value: T) => string): void;
}

export const rowsAs =
  <T>(head: readonly string[], cells: (row: T) => Cell[]) =>
  (rows: readonly T[]): string =>
    rows.length === 0 ? "Nothing yet." : table(head, rows.map(cells));
