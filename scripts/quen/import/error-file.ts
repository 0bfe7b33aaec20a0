// FILE.errors.csv: each row that was not taken, or not all of it, with its line, the field, a code and a sentence, and the
// row as it was, so that it can be mended and imported. It holds personal values and only its owner may read it.

import { createWriteStream, rmSync, type WriteStream } from "node:fs";
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

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const lineOf = (cells: readonly string[]): string => `${cells.map(quoted).join(",")}\r\n`;

/** The file's own columns, without those that an earlier error file put before them. */
export const makeErrorFile = (path: string, headers: readonly string[]): ErrorFile => {
  rmSync(path, { force: true });
  const skip = headers[0] === ERROR_COLUMNS[0] ? ERROR_COLUMNS.length : 0;
  let stream: WriteStream | null = null;
  const write = async (text: string): Promise<void> => {
    if (stream === null) {
      stream = createWriteStream(path, { mode: 0o600 });
      // A spreadsheet takes it for UTF-8 by the mark.
      stream.write(`\u{feff}${lineOf([...ERROR_COLUMNS, ...headers.slice(skip)])}`);
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
