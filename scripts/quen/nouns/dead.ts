// `quen dead`: messages that could not be processed, to be seen and replayed once the cause is gone.

import { Command } from "commander";
import { type Context, rowsAs } from "../context.ts";

interface DeadLetter {
  id: string | number;
  queue?: string;
  kind?: string;
  reason: string;
  attempts?: number;
  at?: string;
  failedAt?: string;
}

const asTable = rowsAs<DeadLetter>(["id", "kind", "failed at", "reason"], (letter) => [
  letter.id,
  letter.kind ?? letter.queue,
  letter.failedAt ?? letter.at,
  letter.reason,
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
    .description("put messages back into the queue; with --all every one")
    .option("--all", "replay every dead letter")
    .addHelpText("after", "\nExamples:\n  quen dead replay 17\n  quen dead replay --all")
    .action(async (ids: string[], flags: { all?: boolean }) => {
      const chosen = flags.all === true ? (await letters(context)).map((letter) => String(letter.id)) : ids;
      if (chosen.length === 0 && flags.all !== true) throw new Error("Say which: ids, or --all.");
      for (const id of chosen)
        // In the order in which they died.
        // oxlint-disable-next-line no-await-in-loop
        await context.client().post(`/v1/admin/dead/${encodeURIComponent(id)}/replay`);
      context.show({ replayed: chosen }, () => `${chosen.length} replayed.`);
    });
  return dead;
};
