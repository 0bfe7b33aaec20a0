// Picks the language of a page: `?lang` wins, then the browser's own order of preference, then Vietnamese.

export type Language = "vi" | "en";

export function pickLanguage(asked: string | undefined, acceptLanguage: string | undefined): Language {
  if (asked === "vi" || asked === "en") return asked;
  const preferred = (acceptLanguage ?? "")
    .split(",")
    .map((part, index) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const q = parameters.map((p) => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find((value) => value !== undefined);
      return { tag: tag.slice(0, 2), weight: q === undefined ? 1 : Number(q), index };
    })
    .filter((entry) => entry.weight > 0)
    .toSorted((a, b) => b.weight - a.weight || a.index - b.index)
    .find((entry) => entry.tag === "vi" || entry.tag === "en");
  return preferred?.tag === "en" ? "en" : "vi";
}
