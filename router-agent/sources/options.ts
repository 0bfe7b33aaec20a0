// Typed options of a source: each option knows its documentation, its default and how to read a value from
// a spec's text or from TOML. A wrong value is a sentence about the value and never echoes a secret.

export type OptionResult<T> = { ok: true; value: T } | { ok: false; problem: string };

export interface Option<T> {
  doc: string;
  /** For the documentation and error messages: `text`, `seconds`, ... */
  type: string;
  /** What an absent option means; a `problem` when it must be given. */
  absent: OptionResult<T>;
  read(value: unknown): OptionResult<T>;
}

export type Options = Record<string, Option<unknown>>;
export type OptionValues<O extends Options> = {
  [K in keyof O]: O[K] extends Option<infer T> ? T : never;
};

const good = <T>(value: T): OptionResult<T> => ({ ok: true, value });
const bad = (problem: string): { ok: false; problem: string } => ({ ok: false, problem });
const REQUIRED = bad("is required");

const readText = (value: unknown): OptionResult<string> =>
  typeof value === "string" && value !== "" ? good(value) : bad("must be a text that is not empty");

const readNumber =
  (min: number, max: number, whole: boolean) =>
  (value: unknown): OptionResult<number> => {
    const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    const fits =
      typeof number === "number" && number >= min && number <= max && (!whole || Number.isInteger(number));
    return fits ? good(number) : bad(`must be a ${whole ? "whole " : ""}number from ${min} to ${max}`);
  };

export const requiredText = (doc: string): Option<string> => ({
  doc,
  type: "text",
  absent: REQUIRED,
  read: readText,
});

export const text = (fallback: string, doc: string): Option<string> => ({
  doc,
  type: "text",
  absent: good(fallback),
  read: readText,
});

export const optionalText = (doc: string): Option<string | undefined> => ({
  doc,
  type: "text",
  absent: good(undefined),
  read: readText,
});

export const seconds = (fallback: number, min: number, doc: string): Option<number> => ({
  doc,
  type: "seconds",
  absent: good(fallback),
  read: readNumber(min, 86_400, false),
});

export const wholeNumber = (fallback: number, min: number, max: number, doc: string): Option<number> => ({
  doc,
  type: "whole number",
  absent: good(fallback),
  read: readNumber(min, max, true),
});

export const optionalNumber = (min: number, max: number, doc: string): Option<number | undefined> => ({
  doc,
  type: "number",
  absent: good(undefined),
  read: readNumber(min, max, false),
});

/** A list of tables `{from, secret}`; only a configuration file can hold one. */
export const clientTables = (doc: string): Option<{ from: string; secret: string }[]> => ({
  doc,
  type: "list of {from, secret}",
  absent: good([]),
  read(value) {
    if (!Array.isArray(value))
      return bad("must be a list of tables, which only the configuration file can hold");
    const clients: { from: string; secret: string }[] = [];
    for (const [index, entry] of (value as unknown[]).entries()) {
      if (typeof entry !== "object" || entry === null) return bad(`entry ${index + 1} must be a table`);
      const { from, secret, ...rest } = entry as Record<string, unknown>;
      const unknown = Object.keys(rest)[0];
      if (unknown !== undefined) return bad(`entry ${index + 1} has the unknown key "${unknown}"`);
      if (typeof from !== "string" || typeof secret !== "string" || secret === "")
        return bad(`entry ${index + 1} needs the texts "from" and "secret"`);
      clients.push({ from, secret });
    }
    return good(clients);
  },
});
