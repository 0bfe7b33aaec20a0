// The funnel: a bar a step, and between two steps who stopped.
import type { BoardContext } from "../board-context.ts";
import { el, setLength } from "../dom.ts";
import type { FunnelStep } from "../model/journeys.ts";
import type { CardContent } from "./card.ts";

export function funnelCard(steps: readonly FunnelStep[], { copy, format }: BoardContext): CardContent {
  const words = copy.journeys;
  const most = steps[0]?.people ?? 0;
  if (most === 0) return { kind: "empty" };
  const dropOff = (share: number | null): string => (share === null ? "" : format.percent(share));
  const worst = Math.max(0, ...steps.map((step) => step.dropOff ?? 0));
  const rows = steps.map((step) => {
    const bar = el("span", { class: "bar" });
    setLength(bar, step.people / most);
    const isWorst = step.dropOff !== null && step.dropOff === worst && worst > 0;
    const lost =
      step.stopped === 0
        ? undefined
        : el(
            "span",
            { class: isWorst ? "funnel-lost worst" : "funnel-lost" },
            words.stopped(format.count(step.stopped), dropOff(step.dropOff)),
          );
    return el(
      "li",
      {},
      el("span", { class: "bar-label" }, words.steps[step.step]),
      el("span", { class: "bar-track", "aria-hidden": "true" }, bar),
      el(
        "span",
        { class: "bar-value" },
        format.count(step.people),
        el("small", {}, format.percent(step.people / most)),
      ),
      lost,
    );
  });
  return {
    kind: "picture",
    picture: el("ol", { class: "bars funnel" }, ...rows),
    table: {
      caption: words.step,
      columns: [words.step, words.people, words.stoppedHere, words.dropOff],
      rows: steps.map((step) => [
        words.steps[step.step],
        format.count(step.people),
        format.count(step.stopped),
        step.dropOff === null ? "–" : format.percent(step.dropOff),
      ]),
    },
  };
}
