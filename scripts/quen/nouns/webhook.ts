// `quen webhook`: receivers of webhooks, and what is sent to them again or for a test.

import { Command } from "commander";
import type { z } from "zod";
import { WEBHOOK_TYPES } from "../../../schema/webhooks.ts";
import type {
  NewWebhookView,
  WebhookReplayView,
  WebhookSecretView,
  WebhookTestView,
  WebhookView,
} from "../../../schema/wire/webhooks.ts";
import { type Context, rowsAs } from "../context.ts";

const PATH = "/v1/admin/webhooks";
const pathOf = (id: string, act = ""): string => `${PATH}/${encodeURIComponent(id)}${act}`;

const stateOf = ({ state, disabledBecause }: WebhookView): string =>
  disabledBecause === null ? state : `${state} (${disabledBecause})`;

const errorOf = ({ lastError }: WebhookView): string | null =>
  lastError && [lastError.at, lastError.reason, lastError.status].filter((part) => part !== null).join(" ");

const asTable = rowsAs<WebhookView>(
  ["id", "url", "types", "state", "unread", "waiting", "next try", "last taken", "last error"],
  (one) => [
    one.id,
    one.url,
    one.types.join(" ") || "all",
    stateOf(one),
    one.lag.unread,
    one.lag.waiting,
    one.lag.nextTryAt,
    one.lastTakenAt,
    errorOf(one),
  ],
);

const asTested = ({ ok, messageId, reason, status }: z.infer<typeof WebhookTestView>): string =>
  ok
    ? `${messageId} was taken.`
    : `${messageId} was not taken: ${reason}${status === null ? "" : ` ${status}`}.`;

const seqOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,15}$/.test(text)) throw new Error(`${text} is not a seq of the change feed.`);
  return Number(text);
};

interface ReplayFlags {
  since?: string;
  from?: string;
  until?: string;
}

const replayOf = ({ since, from, until }: ReplayFlags): Record<string, unknown> => {
  if ((since === undefined) === (from === undefined)) throw new Error("Say one of --since and --from.");
  const end = until === undefined ? {} : { until: seqOf(until) };
  return since === undefined ? { from: seqOf(from), ...end } : { since, ...end };
};

const addReading = (webhook: Command, context: Context): void => {
  webhook
    .command("list")
    .description("every receiver: state, what waits, last error")
    .action(async () => context.show(await context.client().list<WebhookView>(PATH), asTable));
  webhook
    .command("add <url>")
    .description("a new receiver; it gets what happens from now on, and its secret is shown once")
    .option("--types <types...>", "only these, e.g. profile.merged visit.completed")
    .addHelpText(
      "after",
      `\nTypes: ${WEBHOOK_TYPES.join(", ")}\n\nExample:\n  quen webhook add https://crm.shop.vn/quen --types visit.completed`,
    )
    .action(async (url: string, { types = [] }: { types?: string[] }) =>
      context.show(
        await context.client().post<z.infer<typeof NewWebhookView>>(PATH, { url, types }),
        (made) => `${made.secret}\n\nId ${made.id}. The secret is not shown again.`,
      ),
    );
  webhook
    .command("remove <id>")
    .description("nothing is sent there any more; what waits is dropped")
    .action(async (id: string) => {
      await context.client().remove(pathOf(id));
      context.show({ id, removed: true }, () => `Receiver ${id} is removed.`);
    });
};

const addActs = (webhook: Command, context: Context): void => {
  webhook
    .command("enable <id>")
    .description("send again to a receiver that was disabled, from where it stopped")
    .action(async (id: string) =>
      context.show(
        await context.client().post<WebhookView>(pathOf(id, "/enable")),
        () => `Receiver ${id} is enabled; what waited is sent now.`,
      ),
    );
  webhook
    .command("rotate <id>")
    .description("a new secret; for a day the old one signs beside it")
    .action(async (id: string) =>
      context.show(
        await context.client().post<z.infer<typeof WebhookSecretView>>(pathOf(id, "/rotate")),
        ({ secret, oldUntil }) => `${secret}\n\nThe old one signs until ${oldUntil}.`,
      ),
    );
  webhook
    .command("test <id>")
    .description("send one message webhook.test now")
    .action(async (id: string) => {
      const tested = await context.client().post<z.infer<typeof WebhookTestView>>(pathOf(id, "/test"));
      context.show(tested, asTested);
      if (!tested.ok) process.exitCode = 1;
    });
  webhook
    .command("replay <id>")
    .description("send again what happened, under the same message ids")
    .option("--since <time>", "RFC 3339, e.g. 2026-11-20T08:00:00+07:00")
    .option("--from <seq>", "the first seq of the change feed")
    .option("--until <seq>", "the last one; without it, up to now")
    .action(async (id: string, flags: ReplayFlags) =>
      context.show(
        await context
          .client()
          .post<z.infer<typeof WebhookReplayView>>(pathOf(id, "/replay"), replayOf(flags)),
        ({ from, until }) =>
          from === null ? "Nothing happened since." : `Changes ${from} to ${until} are sent again.`,
      ),
    );
};

export const webhookCommand = (context: Context): Command => {
  const webhook = new Command("webhook").description("receivers of webhooks");
  addReading(webhook, context);
  addActs(webhook, context);
  return webhook;
};
