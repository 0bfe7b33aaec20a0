// The agent's settings: flags, then environment, then a TOML file, then defaults. A key that does not exist or a
// value that is not allowed is an error that names the place, the key and what is allowed.

import { parse } from "smol-toml";
import type { DoorSpec } from "./doors/kinds.ts";
import { parseDoorSpec, parseDoorTable } from "./doors/spec.ts";
import type { SourceSpec } from "./sources/registry.ts";
import { parseSourceSpec, parseSourceTable } from "./sources/registry.ts";
import type { Setting } from "./settings.ts";
import { SETTINGS } from "./settings.ts";
import type { SpecParsers } from "./spec-list.ts";
import { readSpecs } from "./spec-list.ts";

export type SettingName = keyof typeof SETTINGS;
type Values = { [K in SettingName]: (typeof SETTINGS)[K] extends Setting<infer T> ? T : never };

export interface Config extends Values {
  sources: SourceSpec[];
  gateways: DoorSpec[];
}

export type ConfigResult = { ok: true; config: Config } | { ok: false; problems: string[] };

export interface ConfigInput {
  /** From the command line; absent where no flag was given. */
  flags: Partial<Record<SettingName, string>> & { source?: string[]; gateway?: string[] };
  env: Record<string, string | undefined>;
  /** Null when there is no file, which is fine unless one was asked for. */
  file: { name: string; text: string } | null;
}

interface Layer {
  where: (name: SettingName) => string;
  get: (name: SettingName) => unknown;
}

/** `stateDir` is `QUEN_STATE_DIR`. */
export const envName = (name: string): string =>
  `QUEN_${name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
/** `stateDir` is `--state-dir`. */
export const flagName = (name: string): string =>
  `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

export const SOURCES_ENV = "QUEN_SOURCES";
export const GATEWAYS_ENV = "QUEN_GATEWAYS";

const settingNames = Object.keys(SETTINGS) as SettingName[];

export const readConfig = ({ flags, env, file }: ConfigInput): ConfigResult => {
  const problems: string[] = [];
  const table = file ? readToml(file, problems) : {};
  for (const key of Object.keys(table)) {
    if (key !== "source" && key !== "gateway" && !Object.hasOwn(SETTINGS, key))
      problems.push(
        `${file?.name}: there is no setting "${key}"; the settings are ${settingNames.join(", ")}, [[source]] and [[gateway]].`,
      );
  }
  const layers: Layer[] = [
    { where: flagName, get: (name) => flags[name] },
    { where: envName, get: (name) => env[envName(name)] },
    { where: (name) => `${file?.name}: ${name}`, get: (name) => table[name] },
  ];
  const values: Record<string, unknown> = {};
  for (const name of settingNames) {
    const setting: Setting<unknown> = SETTINGS[name];
    const layer = layers.find(({ get }) => get(name) !== undefined);
    if (!layer) {
      values[name] = setting.fallback;
      continue;
    }
    const value = setting.read(layer.get(name));
    if (value === undefined) problems.push(`${layer.where(name)} must be ${setting.allowed}.`);
    else values[name] = value;
  }
  const sources = readSources({ flags, env, file }, table["source"], problems);
  const gateways = readGateways({ flags, env, file }, table["gateway"], problems);
  if (gateways.length > 0 && sources.some(({ kind }) => kind === "replay"))
    problems.push("A replay drives no gateway.");
  for (const source of sources) problems.push(...tooSlow(source, values["silenceSeconds"]));
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, config: { ...(values as unknown as Values), sources, gateways } };
};

/** A station would end between two confirmations; one of them may also be lost. */
const tooSlow = ({ label, options }: SourceSpec, silenceSeconds: unknown): string[] => {
  const [name, every] = Object.entries(options).find(([key]) => /^(?:confirm|poll)Seconds$/.test(key)) ?? [];
  const slow = typeof every === "number" && typeof silenceSeconds === "number" && every * 2 > silenceSeconds;
  return slow
    ? [`${label} confirms too rarely: ${name} must be at most half of silenceSeconds (${silenceSeconds}).`]
    : [];
};

const readToml = (file: { name: string; text: string }, problems: string[]): Record<string, unknown> => {
  try {
    return parse(file.text);
  } catch (thrown) {
    const words = thrown instanceof Error ? thrown.message.split("\n")[0] : "";
    const line = thrown instanceof Error && "line" in thrown ? ` line ${String(thrown.line)}` : "";
    problems.push(`${file.name}${line}: ${words ?? "not TOML"}`);
    return {};
  }
};

const readSources = (input: ConfigInput, tables: unknown, problems: string[]): SourceSpec[] => {
  const parsers: SpecParsers<SourceSpec> = {
    name: "source",
    env: SOURCES_ENV,
    parseText: parseSourceSpec,
    parseTable: parseSourceTable,
  };
  const specs = readSpecs(input, tables, parsers, problems);
  const twice = specs.find(({ label }, index) => specs.findIndex((other) => other.label === label) !== index);
  if (twice) problems.push(`The source ${twice.label} is given twice.`);
  if (specs.length > 1 && specs.some(({ kind }) => kind === "replay"))
    problems.push("A replay has its own times and cannot run beside other sources.");
  return specs;
};

const readGateways = (input: ConfigInput, tables: unknown, problems: string[]): DoorSpec[] => {
  const parsers: SpecParsers<DoorSpec> = {
    name: "gateway",
    env: GATEWAYS_ENV,
    parseText: parseDoorSpec,
    parseTable: parseDoorTable,
  };
  const specs = readSpecs(input, tables, parsers, problems);
  const ids = specs.map(({ options: { id } }) => id);
  if (specs.length > 1 && ids.includes(undefined))
    problems.push("With more than one gateway each needs its id.");
  if (new Set(ids).size < ids.length && !ids.includes(undefined)) problems.push("A gateway is given twice.");
  return specs;
};
