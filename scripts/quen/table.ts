// Rows as aligned text for a terminal. Columns are named by the caller; what a row lacks is a dash.

export type Cell = string | number | boolean | null | undefined;

/** Columns a terminal gives to the text: a letter with its marks takes one. Vietnamese needs this. */
const letters = new Intl.Segmenter("vi", { granularity: "grapheme" });
export const width = (text: string): number => [...letters.segment(text)].length;

const show = (cell: Cell): string =>
  cell === null || cell === undefined || cell === "" ? "-" : String(cell);

export const table = (head: readonly string[], rows: readonly (readonly Cell[])[]): string => {
  const texts = rows.map((row) => head.map((_, column) => show(row[column])));
  const numeric = head.map(
    (_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === "number"),
  );
  const widths = head.map((name, column) =>
    Math.max(width(name), ...texts.map((row) => width(row[column] ?? ""))),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => {
        const pad = " ".repeat((widths[column] ?? 0) - width(cell));
        return numeric[column] === true ? pad + cell : cell + pad;
      })
      .join("  ")
      .trimEnd();
  return [line(head), line(widths.map((size) => "-".repeat(size))), ...texts.map(line)].join("\n");
};
