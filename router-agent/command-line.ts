// The flags that all commands share, and how they, the environment and the file become the settings.

import type { Command } from "commander";
import { Option } from "commander";
import type { ConfigResult, SettingName } from "./config.ts";
import { envName, flagName, GATEWAYS_ENV, readConfig, SOURCES_ENV } from "./config.ts";
import type { Setting } from "./settings.ts";
import { SETTINGS } from "./settings.ts";

export const DEFAULT_CONFIG = "/etc/quen-agent.toml";
const CONFIG_ENV = "QUEN_CONFIG";

export type CommonFlags = Partial<Record<SettingName, string>> & {
  config?: string;
  source?: string[];
  gateway?: string[];
  speed?: string;
};

const settings = Object.entries(SETTINGS) as [SettingName, Setting<unknown>][];

const collect = (text: string, earlier: string[] | undefined): string[] => [...(earlier ?? []), text];

export const commonOptions = (command: Command): Command => {
  command.option(
    "--config <file>",
    `settings in TOML (environment ${CONFIG_ENV}, default ${DEFAULT_CONFIG} if it exists)`,
  );
  command.addOption(
    new Option(
      "--source <spec>",
      `kind[:target][?option=value&…], may be repeated (environment ${SOURCES_ENV}, with ;)`,
    ).argParser(collect),
  );
  command.addOption(
    new Option(
      "--gateway <spec>",
      `kind[:url][?option=value&…] of a gateway to let phones on at, may be repeated (environment ${GATEWAYS_ENV}, with ;)`,
    ).argParser(collect),
  );
  for (const [name, { doc, fallback }] of settings) {
    const text = `${doc} (environment ${envName(name)}, default ${String(fallback)})`;
    command.option(`${flagName(name)} <value>`, text);
  }
  return command;
};

type ReadText = (path: string) => string;

export const readSettings = (
  flags: CommonFlags,
  env: Record<string, string | undefined>,
  read: ReadText,
): ConfigResult => {
  const asked = flags.config ?? env[CONFIG_ENV];
  const name = asked ?? DEFAULT_CONFIG;
  let text: string | null = null;
  try {
    text = read(name);
  } catch (thrown) {
    const missing = thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT";
    if (asked !== undefined || !missing) {
      const why = missing ? "does not exist" : "cannot be read";
      return { ok: false, problems: [`The configuration file ${name} ${why}.`] };
    }
  }
  const { speed, source } = flags;
  if (speed !== undefined && !source?.some((spec) => spec.startsWith("replay:")))
    return { ok: false, problems: ["--speed needs --source replay:FILE."] };
  const paced = source?.map((spec) => (speed === undefined ? spec : withSpeed(spec, speed)));
  const given = { ...flags, ...(paced && { source: paced }) };
  return readConfig({ flags: given, env, file: text === null ? null : { name, text } });
};

const withSpeed = (spec: string, speed: string): string =>
  spec.startsWith("replay:")
    ? `${spec}${spec.includes("?") ? "&" : "?"}speed=${encodeURIComponent(speed)}`
    : spec;
