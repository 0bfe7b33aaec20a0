// What a column of the visits chart is called: a day, the week from a day, or a month.
import type { BoardContext } from "../board-context.ts";
import type { SeriesWindow } from "../model/visit-series.ts";

export function periodName(
  day: string,
  interval: SeriesWindow["interval"],
  { copy, format }: Pick<BoardContext, "copy" | "format">,
): string {
  const names = {
    day: () => format.longDay(day),
    week: () => copy.visits.weekFrom(format.shortDay(day)),
    month: () => format.month(day),
  };
  return names[interval]();
}
