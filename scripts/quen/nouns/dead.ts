// `quen dead`: messages that could not be processed, to be seen and replayed once the cause is gone.

import { Command } from "commander";
import type { z } from "zod";
import type { DeadLetterView } from "../../../schema/wire/admin.ts";
import { type Context, rowsAs } from "../context.ts";

type DeadLetter = z.infer<typeof DeadLetterView>;

const asTable = rowsAs<DeadLetter>(["id", "queue", "at", "reason", "detail", "replayed"], (letter) => [
  letter.id,
  letter.queue,
  letter.at,
  letter.reason,
  letter.detail,
  letter.replayedAt,
]);

const letters = (context: Context) => context.client().list<DeadLetter>("/v1/admin/dead");

export const deadCommand = (context: Context): Command => {
  const dead = new Command("dead").description("messages that could not be processed");
  dead
    .command("list")
    .description("every dead letter with its reason")
    .action(async () => context.show(await letters(context), asTable));
  dead
    .command("replay [ids...]")
    .description("store messages that could not be stored before")
    .option("--all", "every dead letter that was not replayed yet")
    .addHelpText("after", "\nExamples:\n  quen dead replay 17\n  quen dead replay --all")
    .action(async (ids: string[], flags: { all?: boolean }) => {
      const chosen =
        flags.all === true
          ? (await letters(context)).filter((letter) => letter.replayedAt === null).map(({ id }) => id)
          : ids;
      if (chosen.length === 0 && flags.all !== true) throw new Error("Say which: ids, or --all.");
      const replayed: string[] = [];
      const refused: { id: string; why: string }[] = [];
      // One after the other; one that is refused does not keep the rest waiting.
      for (const id of chosen) {
        try {
          await context.client().post(`/v1/admin/dead/${encodeURIComponent(id)}/replay`);
          replayed.push(id);
        } catch (error) {
          refused.push({ id, why: error instanceof Error ? error.message : String(error) });
        }
      }
      context.show({ replayed, refused }, () =>
        [`${replayed.length} replayed.`, ...refused.map(({ id, why }) => `${id} was refused: ${why}`)].join(
          "\n",
        ),
      );
      if (refused.length > 0) process.exitCode = 1;
    });
  return dead;
};
