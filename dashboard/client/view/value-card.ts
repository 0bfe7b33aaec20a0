// What share of the value of orders each channel had a part in.
import type { BoardContext } from "../board-context.ts";
import { el, setLength } from "../dom.ts";
import type { Journeys } from "../model/journeys.ts";
import type { CardContent } from "./card.ts";
import { channelName } from "./pairs-card.ts";

export function valueCard({ channels }: Journeys, context: BoardContext): CardContent {
  const { copy, format } = context;
  const words = copy.journeys;
  // What came directly is no channel's, and fills the picture up to all of the value.
  const rows = channels
    .map((row) => ({ row, of: row.channel === null ? row.lastTouch : row.assisted }))
    .filter(({ of }) => of.orders > 0)
    .toSorted(
      (a, b) =>
        Number(a.row.channel === null) - Number(b.row.channel === null) ||
        (b.of.valueVnd ?? -1) - (a.of.valueVnd ?? -1),
    );
  if (rows.length === 0) return { kind: "empty" };
  const money = (value: number | null): string =>
    value === null ? words.keptBack : `${format.short(value)} ₫`;
  const list = rows.map(({ row, of }) => {
    const bar = el("span", { class: row.channel === null ? "bar direct" : "bar" });
    setLength(bar, of.valueShare ?? 0);
    return el(
      "li",
      {},
      el("span", { class: "bar-label" }, channelName(row.channel, context)),
      el("span", { class: "bar-track", "aria-hidden": "true" }, bar),
      of.valueShare === null
        ? el("span", { class: "bar-value kept-back" }, words.tooFew)
        : el(
            "span",
            { class: "bar-value" },
            format.percent(of.valueShare),
            el("small", {}, money(of.valueVnd)),
          ),
    );
  });
  return {
    kind: "picture",
    picture: el("ul", { class: "bars value" }, ...list),
    table: {
      caption: words.value,
      columns: [words.channel, words.orders, words.value, words.share],
      rows: rows.map(({ row, of }) => [
        channelName(row.channel, context),
        format.count(of.orders),
        of.valueVnd === null ? words.keptBack : format.count(of.valueVnd),
        of.valueShare === null ? words.keptBack : format.percent(of.valueShare),
      ]),
    },
  };
}
