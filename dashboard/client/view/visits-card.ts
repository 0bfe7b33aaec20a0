// The card of visits a day. The plot is a picture for the eye; the sentence under it and the table behind it carry
// the same numbers.
import type { BoardContext } from "../board-context.ts";
import { el } from "../dom.ts";
import type { Footfall } from "../model/api-shapes.ts";
import { visitSeries } from "../model/visit-series.ts";
import type { SeriesWindow, VisitSeries } from "../model/visit-series.ts";
import type { CardContent } from "./card.ts";
import { periodName } from "./period-name.ts";
import { keepPlotted } from "./visits-plot.ts";

function legend(series: VisitSeries, { copy }: BoardContext): HTMLElement {
  const { visits, passers, running } = copy.visits;
  return el(
    "p",
    { class: "legend" },
    el("span", { class: "key visits" }, visits),
    el("span", { class: "key passers" }, passers),
    series.runningIndex < 0 ? undefined : el("span", { class: "key running" }, running),
  );
}

export function visitsCard(
  footfall: Footfall,
  interval: SeriesWindow["interval"],
  context: BoardContext,
): CardContent {
  const { copy, format, from, to, today } = context;
  const series = visitSeries(footfall.data, { from, to, today, interval });
  if (series.tops.every((top) => top === 0)) return { kind: "empty" };
  const total = series.visits.reduce((sum, count) => sum + count, 0);
  const busiest = series.visits.indexOf(Math.max(...series.visits));
  const summary = copy.visits.summary(
    format.count(total),
    periodName(series.days[busiest] ?? from, interval, context),
    format.count(series.visits[busiest] ?? 0),
  );
  const place = el("div", { class: "plot", role: "img", "aria-label": summary });
  keepPlotted(place, series, context);
  const dayName = (day: string, index: number): string =>
    periodName(day, interval, context) + (index === series.runningIndex ? ` (${copy.visits.running})` : "");
  return {
    kind: "picture",
    title: copy.visits.byInterval[interval],
    picture: el("div", {}, legend(series, context), place, el("p", { class: "quiet" }, summary)),
    table: {
      caption: copy.visits.byInterval[interval],
      columns: [copy.visits.date, copy.visits.visits, copy.visits.passers],
      rows: series.days.map((day, index) => [
        dayName(day, index),
        format.count(series.visits[index] ?? 0),
        format.count(series.passers[index] ?? 0),
      ]),
    },
  };
}
