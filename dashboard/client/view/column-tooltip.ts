// A uPlot plugin: the numbers of the column under the pointer, kept inside the plot.
import type uPlot from "uplot";
import type { BoardContext } from "../board-context.ts";
import { el } from "../dom.ts";
import type { VisitSeries } from "../model/visit-series.ts";
import { periodName } from "./period-name.ts";

export function columnTooltip(series: VisitSeries, context: BoardContext): uPlot.Plugin {
  const { copy, format } = context;
  const box = el("div", { class: "tooltip", hidden: true });
  return {
    hooks: {
      init: (plot) => {
        plot.over.append(box);
      },
      setCursor: (plot) => {
        const index = plot.cursor.idx;
        const day = index === null || index === undefined ? undefined : series.days[index];
        if (index === null || index === undefined || day === undefined || (plot.cursor.left ?? -1) < 0) {
          box.hidden = true;
          return;
        }
        const name = periodName(day, series.interval, context);
        const heading = index === series.runningIndex ? `${name} · ${copy.visits.running}` : name;
        box.replaceChildren(
          el("strong", {}, heading),
          el("span", {}, `${copy.visits.visits}: ${format.count(series.visits[index] ?? 0)}`),
          el("span", {}, `${copy.visits.passers}: ${format.count(series.passers[index] ?? 0)}`),
        );
        box.hidden = false;
        const centre = plot.valToPos(index, "x");
        const left = Math.min(
          Math.max(0, centre - box.offsetWidth / 2),
          plot.over.clientWidth - box.offsetWidth,
        );
        box.style.setProperty("transform", `translateX(${Math.round(left)}px)`);
      },
    },
  };
}
