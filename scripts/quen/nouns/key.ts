// `quen key`: API keys with scopes for CRM, marketing and the other callers.

import { Command } from "commander";
import type { z } from "zod";
import { SCOPES } from "../../../schema/scopes.ts";
import type { KeyView, NewKeyView } from "../../../schema/wire/admin.ts";
import { type Context, rowsAs } from "../context.ts";

type Key = z.infer<typeof KeyView>;
type NewKey = z.infer<typeof NewKeyView>;

interface Flags {
  source?: string;
  browser?: true;
}

const asTable = rowsAs<Key>(["id", "name", "scopes", "source", "in pages", "created", "revoked"], (key) => [
  key.id,
  key.name,
  key.scopes.join(" "),
  key.source,
  key.browser ? "yes" : null,
  key.createdAt,
  key.revokedAt,
]);

export const keyCommand = (context: Context): Command => {
  const key = new Command("key").description("API keys with scopes");
  key
    .command("list")
    .description("every key; the keys themselves are stored hashed and cannot be shown")
    .action(async () => context.show(await context.client().list<Key>("/v1/admin/keys"), asTable));
  key
    .command("create <name> <scopes...>")
    .description("a new key; it is shown once")
    .option("--source <id>", "the only source that it may tell of; an SDK's write key needs one")
    .option(
      "--browser",
      "it stands in a page that anybody reads: it may only tell events, and is believed less",
    )
    .addHelpText(
      "after",
      `\nScopes: ${SCOPES.join(", ")}\n\nExamples:\n  quen key create marketing-report marketing:read\n  quen key create crm crm:read crm:personal\n  quen key create shop-server events:write --source web-shop\n  quen key create shop-pages events:write --source web-shop --browser`,
    )
    .action(async (name: string, scopes: string[], { source, browser }: Flags) =>
      context.show(
        await context.client().post<NewKey>("/v1/admin/keys", {
          name,
          scopes,
          ...(source === undefined ? {} : { source }),
          ...(browser === true ? { browser } : {}),
        }),
        (made) => `${made.key}\n\nId ${made.id}. The key is not shown again.`,
      ),
    );
  key
    .command("revoke <id>")
    .description("the key opens nothing any more")
    .action(async (id: string) => {
      await context.client().remove(`/v1/admin/keys/${encodeURIComponent(id)}`);
      context.show({ id, revoked: true }, () => `Key ${id} is revoked.`);
    });
  return key;
};
