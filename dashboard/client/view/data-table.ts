// A plain table: the first cell of each row is its heading, the others are numbers aligned to the right.
import { el } from "../dom.ts";

export interface DataTable {
  caption: string;
  columns: string[];
  rows: string[][];
}

export function dataTable({ caption, columns, rows }: DataTable): HTMLTableElement {
  return el(
    "table",
    { class: "data" },
    el("caption", { class: "visually-hidden" }, caption),
    el("thead", {}, el("tr", {}, ...columns.map((column) => el("th", { scope: "col" }, column)))),
    el(
      "tbody",
      {},
      ...rows.map(([heading = "", ...cells]) =>
        el("tr", {}, el("th", { scope: "row" }, heading), ...cells.map((cell) => el("td", {}, cell))),
      ),
    ),
  );
}
