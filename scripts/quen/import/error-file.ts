// FILE.errors.csv: each row that was not taken, or not all of it, with its line, the field, a code and a sentence, and the
// row as it was, so that it can be mended and imported. It holds personal values and only its owner may read it.

import {
  closeSync,
  createWriteStream,
  existsSync,
  openSync,
  readSync,
  rmSync,
  type WriteStream,
} from "node:fs";
import { once } from "node:events";
import { finished } from "node:stream/promises";
import type { Row, Trouble } from "./cells.ts";
import { ERROR_COLUMNS } from "./columns.ts";

export type Outcome = "rejected" | "left out";

export interface ErrorFile {
  readonly path: string;
  /** Once a row, with all of its troubles. */
  add(row: Row, outcome: Outcome, troubles: readonly Trouble[]): Promise<void>;
  /** Null where nothing was added: then there is no file. */
  end(): Promise<string | null>;
}

/** A spreadsheet would run it as a formula; an import takes the mark off again (cells.ts). Numbers and phones are none. */
const isFormula = (cell: string): boolean => /^[=@]|^[+-](?![\d\s.,()-]*$)/.test(cell.trim());
const harmless = (cell: string): string => (isFormula(cell) ? `'${cell.trim()}` : cell);
const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const lineOf = (cells: readonly string[]): string =>
  `${cells.map((cell) => quoted(harmless(cell))).join(",")}\r\n`;

const MARK = "\u{feff}";

/** Null where there is no such file. */
const startOf = (path: string): string | null => {
  if (!existsSync(path)) return null;
  const file = openSync(path, "r");
  try {
    const start = Buffer.alloc(100);
    return start.subarray(0, readSync(file, start)).toString();
  } finally {
    closeSync(file);
  }
};

/** Throws where something else would be lost. */
const removeEarlier = (path: string): void => {
  const start = startOf(path);
  if (start === null) return;
  if (start !== "" && !start.startsWith(`${MARK}${ERROR_COLUMNS[0]},`))
    throw new Error(`${path} is there already and no error file of an import: say another with --errors.`);
  rmSync(path);
};

/** The file's own columns, without those that an earlier error file put before them. */
export const makeErrorFile = (path: string, headers: readonly string[]): ErrorFile => {
  removeEarlier(path);
  const skip = headers[0] === ERROR_COLUMNS[0] ? ERROR_COLUMNS.length : 0;
  let stream: WriteStream | null = null;
  const write = async (text: string): Promise<void> => {
    if (stream === null) {
      stream = createWriteStream(path, { mode: 0o600 });
      // A spreadsheet takes it for UTF-8 by the mark.
      stream.write(`${MARK}${lineOf([...ERROR_COLUMNS, ...headers.slice(skip)])}`);
    }
    if (!stream.write(text)) await once(stream, "drain");
  };
  return {
    path,
    add(row, outcome, troubles) {
      const joined = (part: keyof Trouble) => troubles.map((trouble) => trouble[part]).join("; ");
      const why = [joined("field"), joined("code"), joined("message")];
      return write(lineOf([String(row.line), outcome, ...why, ...row.cells.slice(skip)]));
    },
    async end() {
      if (stream === null) return null;
      if (!stream.writableEnded) stream.end();
      await finished(stream);
      return path;
    },
  };
};
