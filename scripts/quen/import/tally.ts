// What became of the parts of a file so far: the counts of the report, and the rows of the error file.

import type { Trouble } from "./cells.ts";
import type { ErrorFile, Outcome } from "./error-file.ts";
import type { Unit } from "./units.ts";

export interface Counts {
  rows: number;
  /** Customers or orders. */
  taken: number;
  rejected: number;
  /** Values that say nothing of anybody, of what was taken. */
  leftOut: number;
  /** Of the file, read. */
  bytes: number;
}

export interface Tally {
  readonly counts: Readonly<Counts>;
  read(unit: Unit): void;
  take(unit: Unit, left: readonly Trouble[]): Promise<void>;
  reject(unit: Unit, troubles: readonly Trouble[]): Promise<void>;
}

export const makeTally = (errors: ErrorFile): Tally => {
  const counts: Counts = { rows: 0, taken: 0, rejected: 0, leftOut: 0, bytes: 0 };
  // Every row of an order, so that the error file can be mended and imported as it is.
  const note = async ({ rows }: Unit, outcome: Outcome, troubles: readonly Trouble[]): Promise<void> => {
    if (troubles.length > 0) for (const row of rows) await errors.add(row, outcome, troubles);
  };
  return {
    counts,
    read({ rows }) {
      counts.rows += rows.length;
      counts.bytes = rows.at(-1)?.bytes ?? counts.bytes;
    },
    async take(unit, left) {
      counts.taken += 1;
      counts.leftOut += left.length;
      await note(unit, "left out", left);
    },
    async reject(unit, troubles) {
      counts.rejected += 1;
      await note(unit, "rejected", troubles);
    },
  };
};
