// Results as tables for people: rows with the same fields stand together.

import type { Result } from "./emit.ts";

const textOf = (value: unknown): string => {
  if (typeof value === "number") return value.toLocaleString("en");
  return typeof value === "string" ? value : JSON.stringify(value);
};

export const tableOf = (results: readonly Result[]): string => {
  const groups = new Map<string, Result[]>();
  for (const result of results) {
    const fields = Object.keys(result).join("  ");
    groups.set(fields, [...(groups.get(fields) ?? []), result]);
  }
  return [...groups.values()]
    .map((group) => {
      const fields = Object.keys(group[0] ?? {});
      const lines = [fields, ...group.map((result) => fields.map((field) => textOf(result[field])))];
      const widths = fields.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)));
      return lines
        .map((line) =>
          line
            .map((cell, index) => cell.padEnd(widths[index] ?? 0))
            .join("  ")
            .trimEnd(),
        )
        .join("\n");
    })
    .join("\n\n");
};
