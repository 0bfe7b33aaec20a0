// The strip that compares all branches: one link a branch with its recognised visits, longest first.
import type { BoardCopy } from "../../copy/board.ts";
import { byId, el, setLength } from "../dom.ts";
import type { Content } from "../dom.ts";
import type { Format } from "../format.ts";
import type { ComparisonRow } from "../model/comparison.ts";

export function fillStrip(...content: HTMLElement[]): void {
  const strip = byId("strip", HTMLElement);
  strip.setAttribute("aria-busy", "false");
  strip.querySelector(".strip-body")?.replaceChildren(...content);
}

const number = (value: string, unit: string): Content =>
  el("span", { class: "strip-number" }, el("b", {}, value), ` ${unit}`);

export function stripContent(
  rows: readonly ComparisonRow[],
  current: string,
  hrefOf: (branchId: string) => string,
  copy: BoardCopy,
  format: Format,
): HTMLElement[] {
  const words = copy.strip;
  const items = rows.map((row) => {
    const bar = el("span", { class: "bar" });
    setLength(bar, row.length);
    const link = el(
      "a",
      {
        href: hrefOf(row.branchId),
        "data-branch": row.branchId,
        "aria-current": row.branchId === current ? "true" : undefined,
      },
      el("span", { class: "strip-name" }, row.name),
      el("span", { class: "bar-track", "aria-hidden": "true" }, bar),
      el(
        "span",
        { class: "strip-numbers" },
        number(format.count(row.visits), words.visits),
        number(format.count(row.visitors), words.visitors),
        row.visitsPerVisitor === undefined
          ? undefined
          : number(format.decimal(row.visitsPerVisitor), words.perVisitor),
        row.returningShare === undefined
          ? undefined
          : number(format.percent(row.returningShare), words.returning),
      ),
    );
    return el("li", {}, link);
  });
  return [el("ul", { class: "strip-list" }, ...items), el("p", { class: "quiet" }, words.note)];
}
