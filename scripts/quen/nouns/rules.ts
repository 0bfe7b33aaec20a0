// `quen rules`: by which rules identifiers become one person; what others would do, and putting them in force.

import { writeFileSync } from "node:fs";
import { Command } from "commander";
import type { IdentityStatus, RulesView } from "../../../schema/wire/identity.ts";
import type { Client } from "../client.ts";
import { type Context, rowsAs } from "../context.ts";
import { previewRules, type WholePreview } from "../preview-rules.ts";
import { readJson } from "../read-json.ts";

const PATH = "/v1/admin/identity/rules";

const asTable = rowsAs<RulesView>(["version", "in force", "by", "told", "activated"], (rules) => [
  rules.version,
  rules.inForce ? "yes" : "",
  rules.actor,
  rules.createdAt,
  rules.activatedAt,
]);

const sample = ({ profileId, previousIds }: { profileId: string; previousIds: string[] }, word: string) =>
  `  ${profileId} ${word} ${previousIds.join(", ")}`;

const previewText = (found: WholePreview): string => {
  const { merged, split } = found;
  const lines = [
    `${found.rulesAfter} instead of ${found.rulesBefore}, over ${found.looked} identifiers:`,
    `profiles        ${found.profilesBefore} -> ${found.profilesAfter}`,
    `would merge     ${merged.count}`,
    ...merged.samples.map((one) => sample(one, "takes in")),
    `would split     ${split.count}`,
    ...split.samples.map((one) => sample(one, "parts from")),
    `becomes shared  ${found.becomesShared}`,
    `no longer       ${found.noLongerShared}`,
    "",
    `Nothing was changed. Put them in force: quen rules activate ${found.rulesAfter}`,
  ];
  return lines.join("\n");
};

/** On the terminal's error channel, so that the answer alone goes into a pipe. */
const tell = (text: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
};

const POLL_MS = 500;

const untilDecided = async (client: Client): Promise<void> => {
  for (;;) {
    // One look after the other.
    const { waiting, rebuilding } = await client.get<IdentityStatus>("/v1/admin/identity/status");
    if (waiting === 0 && !rebuilding) return;
    tell(`${waiting} changes wait${rebuilding ? ", and everybody is decided about again" : ""}`);
    await new Promise((resolve) => void setTimeout(resolve, POLL_MS));
  }
};

export const rulesCommand = (context: Context): Command => {
  const rules = new Command("rules").description("by which rules identifiers become one person");
  rules
    .command("show [version]")
    .description("every version; with a version its numbers, to change in a file of your own")
    .option("--out <file>", "write the numbers into a file")
    .action(async (version: string | undefined, { out }: { out?: string }) => {
      const all = await context.client().list<RulesView>(PATH);
      if (version === undefined) {
        context.show(all, asTable);
        return;
      }
      const found = all.find((one) => one.version === version);
      if (found === undefined) throw new Error(`There are no rules called ${version}: quen rules show`);
      const text = JSON.stringify(found.rules, null, 2);
      if (out !== undefined) writeFileSync(out, `${text}\n`);
      context.show(found, () => (out === undefined ? text : `${version} is in ${out}.`));
    });
  rules
    .command("add <file>")
    .description("tell a new version; nothing changes until it is activated")
    .addHelpText(
      "after",
      "\nExample:\n  quen rules show 2026-1 --out rules.json   # change numbers and the version's name\n  quen rules add rules.json",
    )
    .action(async (file: string) => {
      const body = readJson(file);
      const made = await context.client().post<{ version: string }>(PATH, body);
      context.show(made, ({ version }) => `${version} is kept. See first: quen rules preview ${version}`);
    });
  rules
    .command("preview <version>")
    .description("which profiles would merge or split; changes nothing")
    .action(async (version: string) => {
      const found = await previewRules(context.client(), version, (looked, of) =>
        tell(`${looked} of ${of} identifiers`),
      );
      tell("");
      context.show(found, previewText);
    });
  rules
    .command("activate <version>")
    .description("decide by these rules from now on, and about everybody again; waits until that is done")
    .option("--no-wait", "do not wait")
    .action(async (version: string, { wait }: { wait: boolean }) => {
      const client = context.client();
      const made = await client.post<{ version: string }>(`${PATH}/${encodeURIComponent(version)}/activate`);
      if (wait) await untilDecided(client);
      tell("");
      context.show(made, () =>
        wait ? `${version} is in force.` : `${version} is in force; everybody is decided about again.`,
      );
    });
  return rules;
};
