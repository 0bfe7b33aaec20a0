// The tile of those present now: a number, when it was true, and whether it is live or polled.
import type { BoardContext } from "../board-context.ts";
import { el } from "../dom.ts";
import type { LiveState } from "../live.ts";

export function nowTile(context: BoardContext): { element: HTMLElement; update: (state: LiveState) => void } {
  const { copy, format, branch } = context;
  const value = el("p", { class: "tile-value" }, "–");
  const note = el("p", { class: "tile-note" });
  const how = el("p", { class: "live-state waiting" }, copy.tiles.waiting);
  const element = el(
    "div",
    { class: "tile now" },
    el("p", { class: "tile-label" }, copy.tiles.now),
    value,
    note,
    how,
  );
  return {
    element,
    update(state) {
      how.className = `live-state ${state.via}`;
      how.textContent = copy.tiles[state.via];
      if (state.occupancy === undefined) return;
      const { occupancy, recognised, at } = state.occupancy;
      value.textContent = format.count(occupancy);
      note.textContent = copy.tiles.nowNote(format.count(recognised), format.clock(at, branch.timezone));
    },
  };
}
