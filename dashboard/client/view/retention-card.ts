// Retention as a table coloured by share: one cohort a row, weeks to the right. A week that has not come is blank.
import type { BoardContext } from "../board-context.ts";
import { el } from "../dom.ts";
import type { Retention } from "../model/api-shapes.ts";
import { heatLevel } from "../model/heatmap.ts";
import { retentionGrid } from "../model/retention-grid.ts";
import type { RetentionCell } from "../model/retention-grid.ts";
import type { CardContent } from "./card.ts";

function cellText(cell: RetentionCell | undefined, { copy, format }: BoardContext): string {
  if (cell === undefined) return copy.retention.notYet;
  const share = format.percent(cell.share);
  return cell.state === "running" ? `${share} (${copy.visits.running})` : share;
}

function gridCell(cell: RetentionCell | undefined, max: number, context: BoardContext): HTMLElement {
  if (cell === undefined) {
    return el(
      "td",
      { class: "heat-future" },
      el("span", { class: "visually-hidden" }, cellText(cell, context)),
    );
  }
  const text = context.format.percent(cell.share);
  if (cell.state === "running") {
    return el("td", { class: "heat-running", title: cellText(cell, context) }, el("span", {}, text));
  }
  return el("td", { class: `heat-${heatLevel(cell.share, max)}` }, el("span", {}, text));
}

export function retentionCard(answer: Retention, context: BoardContext): CardContent {
  const { copy, format } = context;
  const grid = retentionGrid(answer.data);
  const words = copy.retention;
  if (grid.rows.length === 0 || grid.offsets.length === 0) return { kind: "empty" };
  const columns = [words.cohort, words.visitors, ...grid.offsets.map((period) => words.week(period))];
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
          ...row.cells.map((cell) => gridCell(cell, grid.max, context)),
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
        ...row.cells.map((cell) => cellText(cell, context)),
      ]),
    },
  };
}
