// `quen breach`: who was affected by an access, as a file for the notices within 72 hours (docs/breach.md).

import { closeSync, openSync, unlinkSync, writeSync } from "node:fs";
import { Command, Option } from "commander";
import { BREACH_TABLES } from "../../../schema/breach.ts";
import type { AffectedView, BreachAsk, BreachPage } from "../../../schema/wire/rights.ts";
import { toCsv } from "../../../worker/core/analytics/csv.ts";
import type { Context } from "../context.ts";

interface Flags {
  from: string;
  to: string;
  table?: BreachAsk["tables"];
  actor?: string[];
  format: "csv" | "jsonl";
  out: string;
}

const HEAD = ["profileId", "realm", "channel", "contact", "reads", "readBy", "tables"] as const;

const csvOf = (rows: readonly AffectedView[], head: readonly string[]): string =>
  toCsv({
    header: head,
    rows: rows.map((row) => [
      row.profileId,
      row.realm,
      row.channel,
      row.contact,
      row.reads,
      row.readBy.join(" "),
      row.tables.join(" "),
    ]),
  });

/** Later pages have neither head nor byte order mark. */
const textOf = (rows: readonly AffectedView[], format: Flags["format"], first: boolean): string => {
  if (format === "jsonl") return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  const text = csvOf(rows, HEAD);
  return first ? text : text.slice(text.indexOf("\r\n") + 2);
};

export const breachCommand = (context: Context): Command => {
  const breach = new Command("breach").description("who was affected, to be told within 72 hours");
  breach
    .command("export")
    .description("write everybody affected with phone, e-mail and Zalo id to a file; it is audited")
    .requiredOption("--from <time>", "beginning of the access, RFC 3339")
    .requiredOption("--to <time>", "its end")
    .addOption(new Option("--table <tables...>", "tables that could be read").choices(BREACH_TABLES))
    .option("--actor <actors...>", "keys or operators whose reads are meant")
    .addOption(new Option("--format <format>", "of the file").choices(["csv", "jsonl"]).default("csv"))
    .requiredOption("--out <file>", "the file to write; it may not exist yet")
    .addHelpText(
      "after",
      "\nSay --table, --actor or both.\n\nExamples:\n  quen breach export --from 2026-11-01T00:00:00+07:00 --to 2026-11-02T00:00:00+07:00 --actor key_… --out affected.csv\n  quen breach export --from 2026-11-01T00:00:00+07:00 --to 2026-11-02T00:00:00+07:00 --table visits --out affected.csv",
    )
    .action(async ({ from, to, table, actor, format, out }: Flags) => {
      const ask = {
        from,
        to,
        ...(table === undefined ? {} : { tables: table }),
        ...(actor === undefined ? {} : { actors: actor }),
      };
      // It names people: nobody else on this machine needs to read it.
      const file = openSync(out, "wx", 0o600);
      let [contacts, erasedReads, pages] = [0, 0, 0];
      const profiles = new Set<string>();
      try {
        for (let cursor: string | null = ""; cursor !== null; pages += 1) {
          const body: object = cursor === "" ? ask : { ...ask, cursor };
          const page: BreachPage = await context.client().post<BreachPage>("/v1/privacy/breach", body);
          writeSync(file, textOf(page.data, format, pages === 0));
          for (const { profileId, contact } of page.data) profiles.add(profileId ?? contact ?? "unreadable");
          contacts += page.data.length;
          erasedReads += page.erasedReads;
          cursor = page.next;
        }
      } catch (error) {
        // Half of the people in a file that looks whole would leave the others untold.
        unlinkSync(out);
        throw error;
      } finally {
        closeSync(file);
      }
      context.show({ out, persons: profiles.size, contacts, erasedReads }, () =>
        [
          `${profiles.size} persons with ${contacts} contacts are in ${out}.`,
          ...(erasedReads === 0 ? [] : [`${erasedReads} reads were of people who were erased since.`]),
        ].join("\n"),
      );
    });
  return breach;
};
