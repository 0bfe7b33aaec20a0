// A list of things of several kinds (sources, gateways) in the settings: as flags, in the environment or as TOML
// tables. Like any setting, the list of the strongest layer counts whole.

import type { ConfigInput } from "./config.ts";

export interface SpecParsers<S> {
  /** The flag and the TOML table have this name. */
  name: "source" | "gateway";
  env: string;
  parseText: (text: string) => ParsedSpec<S>;
  parseTable: (table: Record<string, unknown>) => ParsedSpec<S>;
}

type ParsedSpec<S> = { ok: true; spec: S } | { ok: false; problems: string[] };

export const readSpecs = <S>(
  { flags, env, file }: ConfigInput,
  tables: unknown,
  { name, env: variable, parseText, parseTable }: SpecParsers<S>,
  problems: string[],
): S[] => {
  const asked = env[variable]
    ?.split(/[;\n]/)
    .map((text) => text.trim())
    .filter((text) => text !== "");
  const given = flags[name];
  const texts = given ?? asked;
  const where = given ? `--${name}` : variable;
  if (texts === undefined && tables !== undefined && !Array.isArray(tables)) {
    problems.push(`${file?.name}: write each ${name} as a table [[${name}]], with double brackets.`);
    return [];
  }
  const results = texts
    ? texts.map((text) => ({ place: `${where} ${withoutOptions(text)}`, result: parseText(text) }))
    : ((tables ?? []) as Record<string, unknown>[]).map((table, index) => ({
        place: `${file?.name}: ${name} ${index + 1}`,
        result: parseTable(table),
      }));
  const specs: S[] = [];
  for (const { place, result } of results) {
    if (result.ok) specs.push(result.spec);
    else problems.push(...result.problems.map((problem) => `${place}: ${problem}`));
  }
  return specs;
};

/** Options may hold secrets, and problems are printed. */
const withoutOptions = (text: string): string => text.split("?", 1).join("");
