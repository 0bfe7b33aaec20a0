// New against returning visitors: one bar in two parts, with both numbers in large type.
import type { BoardContext } from "../board-context.ts";
import { el, setLength } from "../dom.ts";
import type { Frequency } from "../model/api-shapes.ts";
import { shareRows } from "../model/shares.ts";
import type { CardContent } from "./card.ts";

export function regularsCard(answer: Frequency, { copy, format }: BoardContext): CardContent {
  const words = copy.regulars;
  const rows = shareRows([
    { label: words.returning, count: answer.returningVisitors },
    { label: words.fresh, count: answer.newVisitors },
  ]);
  if (rows.every((row) => row.count === 0)) return { kind: "empty" };
  const kinds = ["returning", "fresh"];
  const parts = rows.map((row, index) => {
    const part = el("span", { class: `part ${kinds[index] ?? ""}` });
    setLength(part, row.share);
    return part;
  });
  const figures = rows.map((row, index) =>
    el(
      "div",
      { class: "figure" },
      el("dt", { class: `key ${kinds[index] ?? ""}` }, row.label),
      el("dd", {}, format.count(row.count), el("small", {}, format.percent(row.share))),
    ),
  );
  return {
    kind: "picture",
    picture: el(
      "div",
      { class: "split" },
      el("div", { class: "split-bar", "aria-hidden": "true" }, ...parts),
      el("dl", { class: "figures" }, ...figures),
    ),
    table: {
      caption: `${words.fresh}, ${words.returning}`,
      columns: [words.kind, copy.bars.visitors, copy.bars.share],
      rows: rows.map((row) => [row.label, format.count(row.count), format.percent(row.share)]),
    },
  };
}
