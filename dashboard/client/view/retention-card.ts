// Retention as a table coloured by share: one cohort a row, weeks to the right. A week that has not come is blank.
import type { BoardContext } from "../board-context.ts";
import { el } from "../dom.ts";
import type { Retention } from "../model/api-shapes.ts";
import { heatLevel } from "../model/heatmap.ts";
import { retentionGrid } from "../model/retention-grid.ts";
import type { CardContent } from "./card.ts";

export function retentionCard(answer: Retention, { copy, format }: BoardContext): CardContent {
  const grid = retentionGrid(answer.data);
  const words = copy.retention;
  if (grid.rows.length === 0 || grid.periods.length === 0) return { kind: "empty" };
  const columns = [words.cohort, words.visitors, ...grid.periods.map((period) => words.week(period))];
  const table = el(
    "table",
    { class: "heat retention" },
    el("caption", { class: "visually-hidden" }, words.note),
    el("thead", {}, el("tr", {}, ...columns.map((column) => el("th", { scope: "col" }, column)))),
    el(
      "tbody",
      {},
      ...grid.rows.map((row) =>
        el(
          "tr",
          {},
          el("th", { scope: "row" }, format.shortDay(row.cohort)),
          el("td", { class: "cohort-size" }, format.count(row.visitors)),
          ...row.shares.map((share) =>
            share === undefined
              ? el("td", { class: "heat-future" }, el("span", { class: "visually-hidden" }, words.notYet))
              : el(
                  "td",
                  { class: `heat-${heatLevel(share, grid.max)}` },
                  el("span", {}, format.percent(share)),
                ),
          ),
        ),
      ),
    ),
  );
  return {
    kind: "picture",
    picture: el(
      "div",
      {},
      el("div", { class: "table-scroll", tabindex: "0", role: "group", "aria-label": words.note }, table),
      el("p", { class: "quiet" }, words.note),
    ),
    table: {
      caption: words.note,
      columns,
      rows: grid.rows.map((row) => [
        format.longDay(row.cohort),
        format.count(row.visitors),
        ...row.shares.map((share) => (share === undefined ? words.notYet : format.percent(share))),
      ]),
    },
  };
}
