// Reads a CSV file row by row, however large it is: UTF-8 with or without a mark, with commas, semicolons or tabs, and
// with line ends inside of quotes. What cannot be read is an error that names the line.

import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { CsvError, parse } from "csv-parse";
import type { Row } from "./cells.ts";

const DELIMITERS = [",", ";", "\t"] as const;
const FIRST_BYTES = 65_536;
/** A cell with more is a quote that was never closed. */
const MOST_RECORD = 1_000_000;

export interface OpenFile {
  readonly path: string;
  readonly delimiter: string;
  readonly headers: readonly string[];
}

export interface ReadRow extends Row {
  /** Of the file, up to the end of the row. */
  readonly bytes: number;
}

const SAVE_AS = 'Save it as "CSV UTF-8" and import that.';

/** The sign that separates most cells of the header, quotes left aside. */
const delimiterOf = (text: string): string => {
  const [header = ""] = text.replaceAll(/"(?:[^"]|"")*"/g, "").split(/\r?\n/, 1);
  const count = (sign: string) => header.split(sign).length;
  return [...DELIMITERS].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
};

const firstText = async (path: string): Promise<string> => {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(FIRST_BYTES), 0, FIRST_BYTES, 0);
    const bytes = buffer.subarray(0, bytesRead);
    const [a, b] = bytes;
    if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || bytes.includes(0))
      throw new Error(`${path} is not UTF-8 text (it looks like UTF-16 or a spreadsheet). ${SAVE_AS}`);
    return new TextDecoder("utf-8").decode(bytes);
  } finally {
    await file.close();
  }
};

const asSentence = (path: string, error: unknown): Error => {
  const { code, lines } = error as { code?: string; lines?: number };
  if (!(error instanceof CsvError)) return error instanceof Error ? error : new Error(String(error));
  const what =
    code === "CSV_QUOTE_NOT_CLOSED"
      ? "a quote is opened and never closed"
      : code === "CSV_MAX_RECORD_SIZE"
        ? "a row is over 1 MB, or a quote is opened and never closed"
        : "the quotes are not right";
  // Its own words, and so it as a cause, would show what stands in a cell.
  return new Error(`${path} cannot be read at line ${lines ?? "?"}: ${what}.`);
};

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number; readonly bytes: number };
}

const countIn = (cells: readonly string[], sign: RegExp): number =>
  cells.reduce((sum, cell) => sum + (cell.match(sign)?.length ?? 0), 0);

async function* records(path: string, delimiter: string): AsyncGenerator<ReadRow> {
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    // All three: a file put together of two may have more than one of them.
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    skip_empty_lines: true,
    // A spreadsheet writes rows of nothing but separators below its last one.
    skip_records_with_empty_values: true,
    max_record_size: MOST_RECORD,
  });
  const file = createReadStream(path);
  file.on("error", (error) => parser.destroy(error));
  file.pipe(parser);
  // csv-parse takes a CR LF within quotes for two lines.
  let tooMany = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      tooMany += countIn(record, /\r\n/g);
      const within = countIn(record, /\r\n|\n|\r/g);
      yield { line: info.lines - tooMany - within, cells: record, bytes: info.bytes };
    }
  } catch (error) {
    throw asSentence(path, error);
  } finally {
    file.destroy();
  }
}

export const openRows = async (path: string): Promise<OpenFile> => {
  const delimiter = delimiterOf(await firstText(path));
  for await (const { cells } of records(path, delimiter))
    return { path, delimiter, headers: cells.map((cell) => cell.trim()) };
  throw new Error(`${path} is empty: its first line must name the columns.`);
};

/** The rows behind the header. */
export async function* readRows({ path, delimiter }: OpenFile): AsyncGenerator<ReadRow> {
  let isHeader = true;
  for await (const row of records(path, delimiter)) {
    if (!isHeader) yield row;
    isHeader = false;
  }
}

/** Throws where a byte is no UTF-8: csv-parse would put another sign in its place. */
const checkUtf8 = async (path: string): Promise<void> => {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let lines = 1;
  const decoded = (chunk?: Buffer): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch (error) {
      throw new Error(`${path} is not UTF-8, from about line ${lines} on. ${SAVE_AS}`, { cause: error });
    }
  };
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>)
    for (const sign of decoded(chunk)) if (sign === "\n") lines += 1;
  // A character that the end of the file cuts.
  decoded();
};

/** Throws where any of the file cannot be read, so that nothing is sent of such a file; answers how many rows there are. */
export const checkFile = async (file: OpenFile): Promise<number> => {
  await checkUtf8(file.path);
  let rows = 0;
  for await (const _ of readRows(file)) rows += 1;
  return rows;
};
