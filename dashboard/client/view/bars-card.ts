// Horizontal bars with their numbers written beside them: frequency and recency of visitors.
import type { BoardContext } from "../board-context.ts";
import { el, setLength } from "../dom.ts";
import type { ShareRow } from "../model/shares.ts";
import type { CardContent } from "./card.ts";

export interface BarsWords {
  caption: string;
  first: string;
  label: (label: string) => string;
}

export function barsCard(
  rows: readonly ShareRow[],
  words: BarsWords,
  { copy, format }: BoardContext,
): CardContent {
  if (rows.every((row) => row.count === 0)) return { kind: "empty" };
  const list = el(
    "ul",
    { class: "bars" },
    ...rows.map((row) => {
      const bar = el("span", { class: "bar" });
      setLength(bar, row.length);
      return el(
        "li",
        {},
        el("span", { class: "bar-label" }, words.label(row.label.replace("-", "–"))),
        el("span", { class: "bar-track", "aria-hidden": "true" }, bar),
        el(
          "span",
          { class: "bar-value" },
          format.count(row.count),
          el("small", {}, format.percent(row.share)),
        ),
      );
    }),
  );
  return {
    kind: "picture",
    picture: list,
    table: {
      caption: words.caption,
      columns: [words.first, copy.bars.visitors, copy.bars.share],
      rows: rows.map((row) => [
        words.label(row.label.replace("-", "–")),
        format.count(row.count),
        format.percent(row.share),
      ]),
    },
  };
}
