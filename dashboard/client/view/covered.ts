// How much of what happened the journeys could count: said before any of their numbers.
import type { BoardContext } from "../board-context.ts";
import { byId, el, setLength } from "../dom.ts";
import type { Journeys } from "../model/journeys.ts";

function meter(name: string, share: number | null, detail: string, { format }: BoardContext): HTMLElement {
  const bar = el("span", { class: "bar" });
  setLength(bar, share ?? 0);
  return el(
    "li",
    {},
    el(
      "span",
      { class: "covered-share" },
      el("b", {}, share === null ? "–" : format.percent(share)),
      ` ${name}`,
    ),
    el("span", { class: "bar-track", "aria-hidden": "true" }, bar),
    el("small", {}, detail),
  );
}

/** `undefined`: there is no answer. */
export function fillCovered(
  answer: Journeys | undefined,
  period: "whole" | "capped",
  context: BoardContext,
): void {
  const { covered: words, capped } = context.copy.journeys;
  const place = byId("covered", HTMLElement);
  place.setAttribute("aria-busy", "false");
  if (answer === undefined) return place.replaceChildren();
  const { visits, orders, events } = answer.quality.covered;
  const of = (counted: number, all: number): string =>
    words.of(context.format.count(counted), context.format.count(all));
  place.replaceChildren(
    el("p", { class: "covered-label" }, words.label),
    el(
      "ul",
      { class: "covered-list", "aria-label": words.label },
      meter(words.visits, visits.share, of(visits.counted, visits.all), context),
      meter(words.orders, orders.share, of(orders.counted, orders.all), context),
      meter(words.events, events.share, of(events.identified, events.all), context),
    ),
    el("p", { class: "quiet" }, period === "capped" ? `${words.note} ${capped}` : words.note),
  );
}
