// The branch picker and the date range. It tells which view was asked for; it loads nothing itself.
import type { BoardCopy } from "../copy/board.ts";
import { byId, el } from "./dom.ts";
import type { Branch } from "./model/api-shapes.ts";
import { resolveRange, customRange, PRESET_DAYS } from "./model/view-state.ts";
import type { Range, ViewState } from "./model/view-state.ts";

export interface Controls {
  show(view: ViewState, branches: readonly Branch[], today: string): void;
  rangeLine(text: string): void;
}

export function controls(copy: BoardCopy, onAsk: (view: ViewState) => void): Controls {
  const form = byId("controls", HTMLFormElement);
  const picker = byId("branch", HTMLSelectElement);
  const from = byId("from", HTMLInputElement);
  const to = byId("to", HTMLInputElement);
  const custom = byId("custom-range", HTMLElement);
  const line = byId("range-line", HTMLElement);
  const radios = [...form.querySelectorAll<HTMLInputElement>("input[name=days]")];

  const askedRange = (): Range | undefined => {
    const chosen = radios.find((radio) => radio.checked)?.value;
    const days = PRESET_DAYS.find((preset) => String(preset) === chosen);
    return days === undefined ? customRange(from.value, to.value) : { kind: "preset", days };
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => {
    const range = askedRange();
    custom.hidden = radios.find((radio) => radio.checked)?.value !== "custom";
    line.classList.toggle("wrong", range === undefined);
    if (range === undefined) line.textContent = copy.badRange;
    else onAsk({ branchId: picker.value, range });
  });

  return {
    show(view, branches, today) {
      picker.replaceChildren(...branches.map((branch) => el("option", { value: branch.id }, branch.name)));
      picker.disabled = branches.length === 0;
      picker.value = view.branchId ?? "";
      const value = view.range.kind === "preset" ? String(view.range.days) : "custom";
      for (const radio of radios) radio.checked = radio.value === value;
      custom.hidden = view.range.kind === "preset";
      const resolved = resolveRange(view.range, today);
      from.value = resolved.from;
      to.value = resolved.to;
      from.max = today;
      to.max = today;
    },
    rangeLine(text) {
      line.classList.remove("wrong");
      line.textContent = text;
    },
  };
}
