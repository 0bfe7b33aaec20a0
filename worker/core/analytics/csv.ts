// A table as CSV that a spreadsheet opens without harm: byte order mark for UTF-8, CRLF, quotes where needed, and
// texts that a spreadsheet would run as a formula are made plain.

export type Cell = string | number | boolean | null;

const BYTE_ORDER_MARK = "\uFEFF";
/** A tab, a line break or an operator at the start makes a formula; so do the full-width forms. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;

const write = (cell: Cell): string => {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const plain = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",;\r\n\t]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};

export interface Table {
  header: readonly string[];
  rows: readonly (readonly Cell[])[];
}

export const toCsv = ({ header, rows }: Table): string =>
  BYTE_ORDER_MARK + [header, ...rows].map((row) => `${row.map(write).join(",")}\r\n`).join("");
