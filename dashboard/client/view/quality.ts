// The footnotes in plain words: what the numbers cannot know, how fresh they are and by which definitions.
import type { BoardContext } from "../board-context.ts";
import { byId, el } from "../dom.ts";
import type { Quality } from "../model/api-shapes.ts";

export function fillQuality(
  quality: Quality | undefined,
  { copy, format, branch, dayStartHour }: BoardContext,
): void {
  const words = copy.quality;
  const share = (value: number | null | undefined, say: (share: string) => string): string | undefined =>
    value === null || value === undefined ? undefined : say(format.percent(value));
  const freshAt = quality?.freshAt;
  const notes = [
    share(quality?.recognisedShare, words.recognised),
    words.lowerBound,
    share(quality?.randomisedShare, words.randomised),
    share(quality?.estimatedShare, words.estimated),
    words.comparison,
    words.businessDay(format.hour(dayStartHour)),
    freshAt === null || freshAt === undefined
      ? undefined
      : words.fresh(format.moment(freshAt, branch.timezone)),
    typeof quality?.definitions === "string" ? words.definitions(quality.definitions) : undefined,
  ].filter((note) => note !== undefined);
  const section = byId("quality", HTMLElement);
  section.setAttribute("aria-busy", "false");
  section
    .querySelector(".quality-body")
    ?.replaceChildren(el("ul", {}, ...notes.map((note) => el("li", {}, note))));
}
