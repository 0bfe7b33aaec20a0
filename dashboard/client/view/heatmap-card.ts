// The heatmap is a real table: colour for the eye, a number in every cell for everyone else. On a narrow screen
// the hours run down instead of across.
import type { BoardContext } from "../board-context.ts";
import { el } from "../dom.ts";
import type { Footfall } from "../model/api-shapes.ts";
import { HEAT_LEVELS, heatLevel, heatmap } from "../model/heatmap.ts";
import type { Heatmap } from "../model/heatmap.ts";
import type { CardContent } from "./card.ts";

function cellNumber(value: number | undefined, { format }: BoardContext): string {
  if (value === undefined) return "–";
  return value > 0 && value < 10 ? format.decimal(value) : format.count(value);
}

function heatCell(map: Heatmap, weekday: number, column: number, context: BoardContext): HTMLElement {
  const { copy, format } = context;
  const value = map.rows[weekday]?.[column];
  const level = value === undefined ? "none" : String(heatLevel(value, map.max));
  const text = cellNumber(value, context);
  const name = copy.heatmap.cell(copy.weekdays[weekday] ?? "", format.hour(map.hours[column] ?? 0), text);
  return el("td", { class: `heat-${level}`, title: name }, el("span", {}, text));
}

function heatTable(map: Heatmap, narrow: boolean, context: BoardContext): HTMLElement {
  const { copy } = context;
  const weekdays = (narrow ? copy.weekdaysShort : copy.weekdays).map((name, index) => ({ name, index }));
  const hours = map.hours.map((hour, index) => ({ name: String(hour), index }));
  const [down, across] = narrow ? [hours, weekdays] : [weekdays, hours];
  return el(
    "table",
    { class: narrow ? "heat narrow" : "heat" },
    el("caption", { class: "visually-hidden" }, copy.heatmap.table),
    el("thead", {}, el("tr", {}, el("td"), ...across.map(({ name }) => el("th", { scope: "col" }, name)))),
    el(
      "tbody",
      {},
      ...down.map((line) =>
        el(
          "tr",
          {},
          el("th", { scope: "row" }, line.name),
          ...across.map((cell) =>
            narrow
              ? heatCell(map, cell.index, line.index, context)
              : heatCell(map, line.index, cell.index, context),
          ),
        ),
      ),
    ),
  );
}

function scale({ copy }: BoardContext): HTMLElement {
  const steps = Array.from({ length: HEAT_LEVELS + 1 }, (_, level) =>
    el("span", { class: `step heat-${level}` }),
  );
  return el(
    "p",
    { class: "heat-scale", "aria-hidden": "true" },
    copy.heatmap.few,
    ...steps,
    copy.heatmap.many,
  );
}

export function heatmapCard(footfall: Footfall, from: string, context: BoardContext): CardContent {
  const { copy, format, dayStartHour, to, today } = context;
  const map = heatmap(footfall.data, { from, to, today, dayStartHour });
  if (map.max === 0) return { kind: "empty" };
  const holder = el("div");
  const narrow = matchMedia("(max-width: 40rem)");
  const draw = (): void => holder.replaceChildren(heatTable(map, narrow.matches, context));
  narrow.addEventListener("change", draw, { signal: context.signal });
  draw();
  const note = from === context.from ? undefined : el("p", { class: "quiet" }, copy.heatmap.capped);
  return {
    kind: "picture",
    picture: el("div", {}, holder, scale(context), note),
    table: {
      caption: copy.heatmap.table,
      columns: [copy.heatmap.weekday, ...map.hours.map((hour) => format.hour(hour))],
      rows: copy.weekdays.map((name, weekday) => [
        name,
        ...map.hours.map((_, column) => cellNumber(map.rows[weekday]?.[column], context)),
      ]),
    },
  };
}
