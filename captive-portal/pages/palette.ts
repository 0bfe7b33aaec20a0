// Colours of a brand that stay readable whatever colour the brand chose (WCAG 2.2 AA, 4.5:1 for text).

export interface Palette {
  /** The brand's colour, for surfaces. */
  readonly accent: string;
  /** Text on `accent`. */
  readonly onAccent: string;
  /** The brand's colour, darkened until it is readable as text on the page. */
  readonly accentInk: string;
}

export const PAGE = "#f7f5f1";
const INK = "#1d1b18";
const FALLBACK = "#0b5d4b";

export const paletteOf = (colour: string): Palette => {
  const accent = /^#[0-9a-f]{6}$/i.test(colour) ? colour.toLowerCase() : FALLBACK;
  const onAccent =
    contrast(accent, "#ffffff") >= 4.5 ? "#ffffff" : contrast(accent, INK) >= 4.5 ? INK : "#000000";
  let accentInk = accent;
  while (contrast(accentInk, PAGE) < 4.8) accentInk = darker(accentInk);
  return { accent, onAccent, accentInk };
};

/** WCAG's contrast ratio of two `#rrggbb` colours. */
export const contrast = (a: string, b: string): number => {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
};

const channels = (colour: string): number[] =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const darker = (colour: string): string =>
  `#${channels(colour)
    .map((channel) =>
      Math.floor(channel * 0.94)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
