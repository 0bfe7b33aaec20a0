// `quen consent`: the evidence of a person's consent as a file that verifies without us.

import { writeFileSync } from "node:fs";
import { Command } from "commander";
import { PURPOSES } from "../../../schema/consent.ts";
import type { ConsentBundle, ExportAsk } from "../../../schema/wire/privacy.ts";
import type { Context } from "../context.ts";

interface Flags {
  phone?: string;
  zalo?: string;
  app?: string;
  receipt?: string;
  out: string;
}

const askOf = ({ phone, zalo, app, receipt }: Flags): ExportAsk => {
  const asks: ExportAsk[] = [
    ...(phone === undefined ? [] : [{ by: { kind: "phone", value: phone } }]),
    ...(zalo === undefined ? [] : [{ by: { kind: `zalo_app:${app ?? ""}`, value: zalo } }]),
    ...(receipt === undefined ? [] : [{ receipt }]),
  ];
  const [ask, ...more] = asks;
  if (ask === undefined || more.length > 0)
    throw new Error("Name the person once: --phone NUMBER, --zalo ID with --app ID, or --receipt ID.");
  return ask;
};

export const consentCommand = (context: Context): Command => {
  const consent = new Command("consent").description("evidence of consent");
  consent
    .command("export")
    .description(
      "write records, exact texts, proofs, signatures and keys of one person to a file; it is audited",
    )
    .option("--phone <number>", "the person's phone, as it is written in Vietnam")
    .option("--zalo <id>", "the person's Zalo id, with --app")
    .option("--app <id>", "the Zalo app whose id it is")
    .option("--receipt <id>", "any receipt of the person")
    .requiredOption("--out <file>", "the file to write; it may not exist yet")
    .addHelpText(
      "after",
      "\nExample:\n  quen consent export --phone '0912 345 678' --out bundle.json\n  node scripts/verify-consents.ts bundle.json --keys keys.json",
    )
    .action(async (flags: Flags) => {
      const bundle = await context.client().post<ConsentBundle>("/v1/consents/export", askOf(flags));
      // It names a person: nobody else on this machine needs to read it.
      writeFileSync(flags.out, `${JSON.stringify(bundle, null, 2)}\n`, { mode: 0o600, flag: "wx" });
      const records = bundle.chains.reduce((sum, chain) => sum + chain.records.length, 0);
      context.show({ out: flags.out, chains: bundle.chains.length, records }, () =>
        [
          `${records} records in ${bundle.chains.length} chains are in ${flags.out}.`,
          `Verify: node scripts/verify-consents.ts ${flags.out} --keys keys.json`,
          `with keys.json from ${context.client().url}/.well-known/quen-consent-keys.json`,
        ].join("\n"),
      );
    });
  consent
    .command("ask-again <purpose>")
    .description(
      "end the grants to texts that are no longer in force; shoppers are asked at their next sign-in",
    )
    .requiredOption("--reason <text>", "what changed; it is audited")
    .option("--all", "also those to the texts in force, say when the controller is somebody else", false)
    .addHelpText(
      "after",
      `\nPurposes: ${PURPOSES.join(", ")}\n\nExample:\n  quen consent ask-again profile_linking --reason 'purchases are now kept for 25 months'`,
    )
    .action(async (purpose: string, { reason, all }: { reason: string; all: boolean }) => {
      const which = all ? "all" : "other_texts";
      let ended = 0;
      for (let from: number | null = 0; from !== null;) {
        const step: { asked: number; next: number | null } = await context
          .client()
          .post("/v1/consents/ask-again", { purpose, reason, which, from });
        ended += step.asked;
        from = step.next;
      }
      context.show(
        { purpose, ended },
        () => `${ended} grants of ${purpose} ended; the shoppers are asked again.`,
      );
    });
  return consent;
};
