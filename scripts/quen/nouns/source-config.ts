// `quen source config`: what a source's connector and its account need to be known by. What is not named stays as it is.

import { Command, InvalidArgumentError, Option } from "commander";
import type { z } from "zod";
import type { SourceConfig } from "../../../schema/sources.ts";
import type { SourceView } from "../../../schema/wire/channels.ts";
import type { Context } from "../context.ts";

type Source = z.infer<typeof SourceView>;

export interface ConfigFlags {
  connector?: string;
  set?: Record<string, string>;
  branch?: Record<string, string>;
  orderBook?: string;
  /** `false`: none is required. */
  consentCategory?: string[] | false;
  browserClaims?: NonNullable<SourceConfig["browserClaims"]>;
}

/** `name=value`; an empty value takes the name away. */
const pair = (text: string, all: Record<string, string> = {}): Record<string, string> => {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("Write it as name=value.");
  return { ...all, [text.slice(0, at)]: text.slice(at + 1) };
};

/** The flags by which `add` and `config` say the same. */
export const withConfigFlags = (command: Command): Command =>
  command
    .option("--connector <name>", "whose webhooks may come under it: zalo-oa, pos, … (docs/channels.md)")
    .option("--set <name=value>", "a setting of the connector; may be repeated", pair)
    .option("--branch <vendor=ours>", "the vendor's id of a branch, and ours; may be repeated", pair)
    .option("--order-book <source>", "the source whose order numbers its orders carry")
    .option("--consent-category <names...>", "what an event's consent must allow")
    .option("--no-consent-category", "nothing")
    .addOption(
      new Option("--browser-claims <how>", "what a page's word on phones and e-mails is").choices([
        "weak",
        "asserted",
      ]),
    );

const merged = (
  old: Readonly<Record<string, string>> | undefined,
  added: Readonly<Record<string, string>> | undefined,
): Record<string, string> =>
  Object.fromEntries(Object.entries({ ...old, ...added }).filter(([, value]) => value !== ""));

export const configOf = (old: SourceConfig, flags: ConfigFlags): SourceConfig => {
  const { connector, orderBook, browserClaims, consentCategory } = flags;
  const [settings, branches] = [merged(old.settings, flags.set), merged(old.branches, flags.branch)];
  const { settings: _, branches: __, ...rest } = old;
  return {
    ...rest,
    ...(connector === undefined ? {} : { connector }),
    ...(Object.keys(settings).length === 0 ? {} : { settings }),
    ...(Object.keys(branches).length === 0 ? {} : { branches }),
    ...(orderBook === undefined ? {} : { orderBook }),
    ...(browserClaims === undefined ? {} : { browserClaims }),
    // commander says `true` where neither flag was given.
    ...(Array.isArray(consentCategory) ? { consentCategories: consentCategory } : {}),
    ...(consentCategory === false ? { consentCategories: [] } : {}),
  };
};

const shown = ({ id, config, lacks }: Source, url: string): string => {
  const hook = config.connector === undefined ? "" : `\n\nWebhooks: ${url}/hooks/${config.connector}/${id}`;
  const lack = lacks.map(
    (purpose) => `\nIt has no secret: quen source secret add ${id} --purpose ${purpose}`,
  );
  return `${JSON.stringify(config, null, 2)}${hook}${lack.join("")}`;
};

export const sourceConfigCommand = (context: Context): Command =>
  withConfigFlags(new Command("config").argument("<id>"))
    .description("what its connector needs to know; without a flag, as it is")
    .addHelpText(
      "after",
      `
Examples:
  quen source config oa --connector zalo-oa --set oaId=1234567890 --set appId=9876543210
  quen source config kv --connector kiotviet --branch 12=q1 --branch 13=q3 --order-book web
  quen source config web --consent-category analytics --browser-claims weak

An empty value takes a setting or a branch away: --set oaId=`,
    )
    .action(async (id: string, flags: ConfigFlags) => {
      const client = context.client();
      const known = (await client.list<Source>("/v1/admin/sources")).find((source) => source.id === id);
      if (known === undefined || known.revokedAt !== null) throw new Error(`There is no source ${id}.`);
      const path = `/v1/admin/sources/${encodeURIComponent(id)}/config`;
      const isAsked = Object.keys(flags).length === 0;
      const now = isAsked ? known : await client.put<Source>(path, configOf(known.config, flags));
      context.show(now, (source) => shown(source, client.url));
    });
