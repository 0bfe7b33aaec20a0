// `quen source`: whoever tells of people (a till, a shop, …), and by which right.

import { Command, Option } from "commander";
import type { z } from "zod";
import { SOURCE_BASES, type SourceView } from "../../../schema/wire/channels.ts";
import { type Context, rowsAs } from "../context.ts";
import { type ConfigFlags, configOf, sourceConfigCommand, withConfigFlags } from "./source-config.ts";
import { sourceSecretCommand } from "./source-secret.ts";

type Source = z.infer<typeof SourceView>;
interface Flags extends ConfigFlags {
  kind: string;
  basis: string;
  priority?: string;
}

const asTable = rowsAs<Source>(
  ["id", "kind", "name", "basis", "priority", "connector", "lacks", "created", "revoked"],
  (source) => [
    source.id,
    source.kind,
    source.name,
    source.basis,
    source.priority,
    source.config.connector ?? null,
    source.lacks.join(" "),
    source.createdAt,
    source.revokedAt,
  ],
);

export const sourceCommand = (context: Context): Command => {
  const source = new Command("source").description("whoever tells of people, and by which right");
  source
    .command("list")
    .description("every source, the most believed first")
    .action(async () => context.show(await context.client().list<Source>("/v1/admin/sources"), asTable));
  withConfigFlags(source.command("add <id> <name>"))
    .description("a new source, whose orders are taken from now on")
    .requiredOption("--kind <kind>", "what it is: pos, web, …")
    .addOption(
      new Option("--basis <basis>", "by which right it tells").choices(SOURCE_BASES).makeOptionMandatory(),
    )
    .option("--priority <number>", "of equally good values the smaller number is believed")
    .addHelpText(
      "after",
      `
Examples:
  quen source add pos-q1 "Till of Quận 1" --kind pos --basis contract
  quen source add oa "Zalo OA" --kind zalo_oa --basis contract --connector zalo-oa --set oaId=… --set appId=…`,
    )
    .action(async (id: string, name: string, { kind, basis, priority, ...flags }: Flags) => {
      const config = configOf({}, flags);
      context.show(
        await context.client().post<Source>("/v1/admin/sources", {
          id,
          name,
          kind,
          basis,
          ...(priority === undefined ? {} : { priority: Number(priority) }),
          ...(Object.keys(config).length === 0 ? {} : { config }),
        }),
        (made) => asTable([made]),
      );
    });
  source
    .command("revoke <id>")
    .description("nothing more is taken from it; what it told stays")
    .action(async (id: string) => {
      await context.client().remove(`/v1/admin/sources/${encodeURIComponent(id)}`);
      context.show({ id, revoked: true }, () => `Nothing more is taken from ${id}.`);
    });
  source.addCommand(sourceConfigCommand(context));
  source.addCommand(sourceSecretCommand(context));
  return source;
};
