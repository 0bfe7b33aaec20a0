// `quen source secret`: with what a source signs. A secret comes from the environment or from standard input, never from the
// command line, where other users of the machine and the shell's history would see it.

import { text } from "node:stream/consumers";
import { Command, Option } from "commander";
import type { z } from "zod";
import { SECRET_PURPOSES } from "../../../schema/sources.ts";
import type { NewSecretView, SecretView } from "../../../schema/wire/source-settings.ts";
import { type Context, rowsAs } from "../context.ts";

type Secret = z.infer<typeof SecretView>;

const SECRET_VARIABLE = "QUEN_SOURCE_SECRET";

const pathOf = (source: string, secret = ""): string =>
  `/v1/admin/sources/${encodeURIComponent(source)}/secrets${secret && `/${encodeURIComponent(secret)}`}`;

const asTable = rowsAs<Secret>(["id", "purpose", "created", "ends", "valid"], (secret) => [
  secret.id,
  secret.purpose,
  secret.createdAt,
  secret.endsAt,
  String(secret.valid),
]);

const givenSecret = async (): Promise<string> => {
  const fromEnvironment = process.env[SECRET_VARIABLE];
  if (fromEnvironment !== undefined && fromEnvironment !== "") return fromEnvironment;
  if (process.stdin.isTTY)
    throw new Error(
      `Give the secret in ${SECRET_VARIABLE} or on standard input, or --make to have one made.`,
    );
  return (await text(process.stdin)).trim();
};

const asAdded = (made: z.infer<typeof NewSecretView>): string =>
  made.secret === undefined
    ? `Secret ${made.id} is valid.`
    : `${made.secret}\n\nId ${made.id}. The secret is not shown again.`;

export const sourceSecretCommand = (context: Context): Command => {
  const secret = new Command("secret").description("with what a source signs; two may be valid at once");
  secret
    .command("list <source>")
    .description("every secret of a source, without the secret itself")
    .action(async (source: string) =>
      context.show(await context.client().list<Secret>(pathOf(source)), asTable),
    );
  secret
    .command("add <source>")
    .description(`a new secret, from ${SECRET_VARIABLE} or standard input`)
    .addOption(new Option("--purpose <what>", "what it is for").choices(SECRET_PURPOSES).default("signing"))
    .option("--make", "have one made and shown once, where it is ours to choose")
    .addHelpText(
      "after",
      `
Changing a secret without losing a webhook:
  quen source secret add oa < new-secret.txt
  quen source secret end oa ss_0123456789abcdefghjk --at 2026-11-24T00:00:00+07:00`,
    )
    .action(async (source: string, { purpose, make }: { purpose: string; make?: boolean }) => {
      const given = make === true ? {} : { secret: await givenSecret() };
      const made = await context
        .client()
        .post<z.infer<typeof NewSecretView>>(pathOf(source), { purpose, ...given });
      context.show(made, asAdded);
    });
  secret
    .command("end <source> <secret>")
    .description("it opens nothing any more, now or from a time on")
    .option("--at <time>", "RFC 3339, e.g. 2026-11-24T00:00:00+07:00")
    .action(async (source: string, id: string, { at }: { at?: string }) => {
      const query = at === undefined ? "" : `?endsAt=${encodeURIComponent(at)}`;
      await context.client().remove(`${pathOf(source, id)}${query}`);
      context.show({ id, ended: true }, () => `Secret ${id} ends ${at ?? "now"}.`);
    });
  return secret;
};
