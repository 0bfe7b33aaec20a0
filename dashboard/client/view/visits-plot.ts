// Draws the visits chart with uPlot and keeps it as wide as its place: visits dark, passers lighter on top, the
// period that is still running hollow. Colours come from the stylesheet, so dark mode redraws it.
import uPlot from "uplot";
import type { BoardContext } from "../board-context.ts";
import type { VisitSeries } from "../model/visit-series.ts";
import { columnTooltip } from "./column-tooltip.ts";

const HEIGHT_PX = 260;

const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function column(fill: string, outline?: string): uPlot.Series {
  const bars = uPlot.paths.bars?.({ size: [0.72, 44], radius: [0.12, 0] });
  return {
    fill,
    width: outline === undefined ? 0 : 2,
    ...(outline === undefined ? {} : { stroke: outline }),
    points: { show: false },
    ...(bars === undefined ? {} : { paths: bars }),
  };
}

function axisName(
  day: string | undefined,
  interval: VisitSeries["interval"],
  { format }: BoardContext,
): string {
  if (day === undefined) return "";
  return interval === "month" ? format.month(day) : format.shortDay(day);
}

function options(series: VisitSeries, width: number, context: BoardContext): uPlot.Options {
  const axis = { stroke: colour("--ink-soft"), font: "12px system-ui, sans-serif", ticks: { show: false } };
  const last = series.days.length - 1;
  return {
    width,
    height: HEIGHT_PX,
    legend: { show: false },
    padding: [12, 8, 0, 0],
    cursor: { y: false, drag: { setScale: false }, points: { show: false } },
    scales: {
      x: { time: false, range: () => [-0.6, last + 0.6] },
      y: { range: (_plot, _min, max) => [0, Math.max(5, max * 1.08)] },
    },
    series: [
      {},
      column(colour("--passers")),
      column(colour("--visits")),
      column(colour("--accent-wash"), colour("--visits")),
    ],
    axes: [
      {
        ...axis,
        size: 30,
        space: 56,
        grid: { show: false },
        incrs: [1, 2, 7, 14, 28, 56],
        values: (_plot, ticks) => ticks.map((tick) => axisName(series.days[tick], series.interval, context)),
      },
      {
        ...axis,
        size: 46,
        space: 44,
        grid: { stroke: colour("--line"), width: 1 },
        values: (_plot, ticks) =>
          ticks.map((tick) => (Number.isInteger(tick) ? context.format.count(tick) : "")),
      },
    ],
    plugins: [columnTooltip(series, context)],
  };
}

export function keepPlotted(place: HTMLElement, series: VisitSeries, context: BoardContext): void {
  const data: uPlot.AlignedData = [
    series.days.map((_, index) => index),
    series.tops,
    series.visits.map((count, index) => (index === series.runningIndex ? null : count)),
    series.visits.map((count, index) => (index === series.runningIndex ? count : null)),
  ];
  let plot: uPlot | undefined;
  let width = 0;
  const draw = (): void => {
    if (width === 0) return;
    plot?.destroy();
    plot = new uPlot(options(series, width, context), data, place);
  };
  const observer = new ResizeObserver(() => {
    if (place.clientWidth === width) return;
    width = place.clientWidth;
    draw();
  });
  observer.observe(place);
  context.signal.addEventListener("abort", () => observer.disconnect(), { once: true });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", draw, { signal: context.signal });
}
