// `quen key`: API keys with scopes for CRM, marketing and the other callers.

import { Command } from "commander";
import type { z } from "zod";
import { SCOPES } from "../../../schema/scopes.ts";
import type { KeyView, NewKeyView } from "../../../schema/wire/admin.ts";
import { type Context, rowsAs } from "../context.ts";

type Key = z.infer<typeof KeyView>;
type NewKey = z.infer<typeof NewKeyView>;

const asTable = rowsAs<Key>(["id", "name", "scopes", "created", "revoked"], (key) => [
  key.id,
  key.name,
  key.scopes.join(" "),
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
    .addHelpText(
      "after",
      `\nScopes: ${SCOPES.join(", ")}\n\nExamples:\n  quen key create marketing-report marketing:read\n  quen key create crm crm:read crm:personal`,
    )
    .action(async (name: string, scopes: string[]) =>
      context.show(
        await context.client().post<NewKey>("/v1/admin/keys", { name, scopes }),
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
