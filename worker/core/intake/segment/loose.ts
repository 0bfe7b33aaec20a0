// Reads what SDKs and shops send in loose JSON: a field may be absent, of another type or spelled another way. Never throws.

export type Loose = Readonly<Record<string, unknown>>;

export const NOTHING: Loose = {};

export const isLoose = (value: unknown): value is Loose =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An empty one for what is no object. */
export const looseOf = (value: unknown): Loose => (isLoose(value) ? value : NOTHING);

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const camel = (name: string): string =>
  name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Of the few names that are asked for; worked out once. */
const spellings = new Map<string, readonly string[]>();
const spellingsOf = (name: string): readonly string[] => {
  const known = spellings.get(name) ?? [...new Set([name, camel(name)])];
  spellings.set(name, known);
  return known;
};

/** The first of the fields that is there, each as `snake_case` and as `camelCase`; null and blank are as good as absent. */
export const field = (object: Loose, ...names: readonly string[]): unknown => {
  for (const name of names)
    for (const spelled of spellingsOf(name)) {
      const value = Object.hasOwn(object, spelled) ? object[spelled] : undefined;
      if (value !== undefined && value !== null && value !== "") return value;
    }
  return undefined;
};

/** Text, or a whole number as text, as ids are written; else undefined. */
export const textOf = (value: unknown): string | undefined => {
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : undefined;
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
};

/** One printable line of at most so many characters; undefined where nothing is left. */
export const lineOf = (value: unknown, most: number): string | undefined => {
  const text = textOf(value);
  if (text === undefined) return undefined;
  // A database would end a text at a NUL, and the cut may leave half of a character.
  const line = text.normalize("NFC").replaceAll(/[\p{Cc}\p{Cs}\s]+/gu, " ");
  const short = line
    .slice(0, most)
    .replace(/\p{Cs}$/u, "")
    .trim();
  return short === "" ? undefined : short;
};

/** A finite number, also where it came as text. */
export const numberOf = (value: unknown): number | undefined => {
  const number =
    typeof value === "string" && /^-?\d{1,12}(?:\.\d{1,6})?$/.test(value.trim()) ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
};
