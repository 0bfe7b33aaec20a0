// `quen settings`: the brand's definitions of presence, how agents report, the portal's looks and policy, limits of keys.

import { Command } from "commander";
import { parseChanges } from "../changes.ts";
import type { Context } from "../context.ts";
import { type Cell, table } from "../table.ts";

type Settings = Record<string, unknown>;

const flatten = (value: Settings, prefix = ""): [string, Cell][] =>
  Object.entries(value).flatMap(([name, inner]): [string, Cell][] =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? flatten(inner as Settings, `${prefix}${name}.`)
      : [[`${prefix}${name}`, typeof inner === "string" ? inner : JSON.stringify(inner)]],
  );

const asTable = (settings: Settings): string => table(["setting", "value"], flatten(settings));

export const settingsCommand = (context: Context): Command => {
  const settings = new Command("settings").description(
    "the brand's definitions, how agents report, the portal, limits of API keys",
  );
  settings
    .command("get")
    .description("every setting in force")
    .action(async () => context.show(await context.client().get<Settings>("/v1/admin/settings"), asTable));
  settings
    .command("set <changes...>")
    .description("change settings; a new definitions version is made")
    .addHelpText(
      "after",
      "\nExample:\n  quen settings set definitions.minDwellMs=300000 report.intervalMs=60000" +
        "\n  quen settings set portal.logo=@logo.png portal.colour=#0b5d4b portal.landingUrl=https://example.vn" +
        "\n  quen settings set portal.texts.vi.title='WiFi miễn phí' portal.guestPass=true portal.returningDays=30" +
        "\n  quen settings set limits.crm:read=6000",
    )
    .action(async (changes: string[]) =>
      context.show(
        await context.client().patch<Settings>("/v1/admin/settings", parseChanges(changes)),
        asTable,
      ),
    );
  return settings;
};
