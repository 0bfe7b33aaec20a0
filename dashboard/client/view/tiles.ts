// The row of key numbers. The tile of those present now is filled by live.ts and survives a reload of the others.
import type { BoardContext } from "../board-context.ts";
import { byId, el } from "../dom.ts";
import type { Footfall, Frequency } from "../model/api-shapes.ts";
import type { Change } from "../model/change.ts";
import { medianDwellMs } from "../model/dwell.ts";

/** `undefined` inside: there is nothing to compare with. */
export interface Changes {
  visits: Change | undefined;
  visitors: Change | undefined;
}

export interface Figures {
  footfall: Footfall | undefined;
  frequency: Frequency | undefined;
  /** Against the equally long period before; absent until it has loaded. */
  changes: Changes | undefined;
}

export const visitSum = (footfall: Footfall): number =>
  footfall.data.reduce((sum, row) => sum + row.visits, 0);

function tile(label: string, value: string, note: string, change?: HTMLElement): HTMLElement {
  return el(
    "div",
    { class: "tile" },
    el("p", { class: "tile-label" }, label),
    el("p", { class: "tile-value" }, value),
    el("p", { class: "tile-note" }, note),
    change,
  );
}

function changeLine(change: Change | undefined, { copy, format }: BoardContext): HTMLElement {
  if (change === undefined) return el("p", { class: "change" }, copy.tiles.noComparison);
  const words = {
    up: () => `▲ ${copy.tiles.up(format.percent(change.by))}`,
    down: () => `▼ ${copy.tiles.down(format.percent(change.by))}`,
    same: () => copy.tiles.same,
  };
  return el("p", { class: `change ${change.direction}` }, words[change.direction]());
}

const show = (value: number | undefined, as: (value: number) => string): string =>
  value === undefined ? "–" : as(value);

export function fillTiles(
  { footfall, frequency, changes }: Figures,
  now: HTMLElement,
  context: BoardContext,
): void {
  const { copy, format } = context;
  const words = copy.tiles;
  const visits = footfall === undefined ? undefined : visitSum(footfall);
  const passers = footfall?.data.reduce((sum, row) => sum + row.passers, 0);
  const dwell = footfall === undefined ? undefined : medianDwellMs(footfall.data);
  const perVisitor =
    frequency === undefined || frequency.visitors === 0 ? undefined : frequency.visits / frequency.visitors;
  const tiles = byId("tiles", HTMLElement);
  tiles.setAttribute("aria-busy", "false");
  tiles
    .querySelector(".tiles-body")
    ?.replaceChildren(
      tile(
        words.visits,
        show(visits, format.count),
        words.visitsNote(show(passers, format.count)),
        changes === undefined ? undefined : changeLine(changes.visits, context),
      ),
      tile(
        words.visitors,
        show(frequency?.visitors, format.count),
        words.visitorsNote(show(frequency?.visits, format.count)),
        changes === undefined ? undefined : changeLine(changes.visitors, context),
      ),
      tile(words.perVisitor, show(perVisitor, format.decimal), words.perVisitorNote),
      tile(words.dwell, show(dwell, format.duration), words.dwellNote),
      now,
    );
}
