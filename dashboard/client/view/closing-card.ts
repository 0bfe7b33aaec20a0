// Which branch closes best: a dot at the rate on the line of where it may lie, so that few people look like few.
import type { BoardContext } from "../board-context.ts";
import { el } from "../dom.ts";
import { type BranchClosing, surelyBest } from "../model/journeys.ts";
import type { CardContent } from "./card.ts";

function line({ closing }: BranchClosing): HTMLElement {
  const track = el("span", { class: "rate-track", "aria-hidden": "true" });
  if (closing === null) return track;
  const range = el("span", { class: "rate-range" });
  range.style.setProperty("inset-inline-start", `${(closing.low * 100).toFixed(1)}%`);
  range.style.setProperty("inline-size", `${((closing.high - closing.low) * 100).toFixed(1)}%`);
  const dot = el("span", { class: "rate-dot" });
  dot.style.setProperty("inset-inline-start", `${(closing.share * 100).toFixed(1)}%`);
  track.append(range, dot);
  return track;
}

/** Of few people only how many they are. */
function rate({ closing, buyers, visitors }: BranchClosing, { copy, format }: BoardContext): HTMLElement {
  const people = copy.journeys.ofCame(format.count(buyers), format.count(visitors));
  if (closing === null) return el("span", { class: "bar-value kept-back" }, people);
  return el("span", { class: "bar-value" }, format.percent(closing.share), el("small", {}, people));
}

export function closingCard(branches: readonly BranchClosing[], context: BoardContext): CardContent {
  const { copy, format } = context;
  const words = copy.journeys;
  if (branches.length === 0) return { kind: "empty" };
  const best = surelyBest(branches);
  const rows = branches.map((branch) =>
    el(
      "li",
      { class: branch === best ? "best" : undefined },
      el("span", { class: "bar-label" }, branch.name),
      line(branch),
      rate(branch, context),
    ),
  );
  const verdict = best === undefined ? words.unclear : words.best(best.name);
  return {
    kind: "picture",
    picture: el(
      "div",
      {},
      el("ul", { class: "bars rates" }, ...rows),
      el("p", { class: "quiet verdict" }, verdict),
    ),
    table: {
      caption: words.closing,
      columns: [words.branch, words.came, words.bought, words.closing, words.value],
      rows: branches.map((branch) => [
        branch.name,
        format.count(branch.visitors),
        format.count(branch.buyers),
        branch.closing === null
          ? words.tooFew
          : `${format.percent(branch.closing.share)} (${words.range(format.percent(branch.closing.low), format.percent(branch.closing.high))})`,
        branch.valueVnd === null ? words.keptBack : format.count(branch.valueVnd),
      ]),
    },
  };
}
