// A row's cells by field, and what is wrong with them: every trouble names the field it is in.

import type { Column } from "./columns.ts";

export interface Row {
  /** Where it starts in the file; the header is line 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Trouble {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/** How the cells of the whole file are to be read. */
export interface Manner {
  readonly timezone: string;
  readonly thousands: "." | "," | null;
  /** Of what has no `updatedAt` of its own; RFC 3339. */
  readonly asOf: string;
  /** Our branch by what the file calls it. */
  readonly branches: ReadonlyMap<string, string>;
}

/** By which a spreadsheet keeps a text that looks like a number or a formula: no part of it. */
const APOSTROPHE = /^'(?=[=+\-@\d])/;

/** Trimmed; what has no column is empty. */
export type Cells = (field: string) => string;

export const cellsOf = (columns: readonly Column[], { cells }: Row): Cells => {
  const places = new Map(columns.flatMap(({ field }, at) => (field === null ? [] : [[field, at] as const])));
  return (field) => cells[places.get(field) ?? -1]?.trim().replace(APOSTROPHE, "") ?? "";
};

/** What stands in a JSON body for a cell: a blank one was not given. */
export const given = (name: string, text: string): Readonly<Record<string, string>> =>
  text === "" ? {} : { [name]: text };
