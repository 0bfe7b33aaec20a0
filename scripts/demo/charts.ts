// Counts as bars of text, for a terminal.

import { width } from "../quen/table.ts";

const LEVELS = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/** One character a value. */
export const sparkline = (values: readonly number[]): string => {
  const most = Math.max(1, ...values);
  return values.map((value) => LEVELS[Math.ceil((value / most) * 8)] ?? " ").join("");
};

export interface Bar {
  label: string;
  values: readonly number[];
}

const FULL = "█";
const PARTS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

const bar = (share: number, columns: number): string => {
  const eighths = Math.round(share * columns * 8);
  return FULL.repeat(Math.floor(eighths / 8)) + (PARTS[eighths % 8] ?? "");
};

/** Groups of horizontal bars side by side, one group a column of `heads`, all on one scale. */
export const barChart = (heads: readonly string[], rows: readonly Bar[], columns: number): string => {
  const most = Math.max(1, ...rows.flatMap((row) => row.values));
  const labels = Math.max(0, ...rows.map((row) => width(row.label)));
  const cellWidth = columns + 6;
  const pad = (text: string, size: number) => text + " ".repeat(Math.max(0, size - width(text)));
  const head = `${" ".repeat(labels)}  ${heads.map((name) => pad(name, cellWidth)).join("")}`.trimEnd();
  const lines = rows.map(({ label, values }) => {
    const cells = values.map((value) => pad(`${bar(value / most, columns)} ${value}`, cellWidth));
    return `${pad(label, labels)}  ${cells.join("")}`.trimEnd();
  });
  return [head, ...lines].join("\n");
};
