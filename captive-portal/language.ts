// Vietnamese first, English second. Chosen by the `lang` link, else by what the browser asks for.

export const LANGUAGES = ["vi", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

export const parseLanguage = (text: string | undefined): Language | null =>
  LANGUAGES.find((language) => language === text) ?? null;

/** The best match of an Accept-Language header; Vietnamese when it names neither or is absent. */
export const preferredLanguage = (header: string | undefined): Language => {
  let best: { language: Language; weight: number } = { language: "vi", weight: 0 };
  for (const part of (header ?? "").slice(0, 200).split(",")) {
    const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
    const language = parseLanguage(tag.split("-")[0]);
    const quality = parameters.map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find((q) => q !== undefined);
    const weight = quality === undefined ? 1 : Number(quality);
    if (language !== null && weight > best.weight) best = { language, weight };
  }
  return best.language;
};
