// `quen erasures`: marks of who was erased, kept outside of the database, and erasing again after it was restored.

import { writeFileSync } from "node:fs";
import { Command } from "commander";
import type { z } from "zod";
import type { AgainView, ErasureMark } from "../../../schema/wire/rights.ts";
import type { Context } from "../context.ts";
import { readJsonLines } from "../read-json.ts";

type Mark = z.infer<typeof ErasureMark>;
const AT_ONCE = 500;

export const erasuresCommand = (context: Context): Command => {
  const erasures = new Command("erasures").description("who was erased, for a database that is restored");
  erasures
    .command("export")
    .description("write the marks of everybody who was erased to a file; they name nobody to anybody else")
    .requiredOption("--out <file>", "the file to write; it may not exist yet")
    .action(async ({ out }: { out: string }) => {
      const marks = await context.client().list<Mark>("/v1/privacy/erasures");
      writeFileSync(out, marks.map((mark) => `${JSON.stringify(mark)}\n`).join(""), {
        mode: 0o600,
        flag: "wx",
      });
      context.show({ out, marks: marks.length }, () => `${marks.length} marks are in ${out}.`);
    });
  erasures
    .command("again <file>")
    .description(
      "after a restore: put the marks back and erase again whoever stands although they were erased",
    )
    .addHelpText("after", "\nKeep the portal and the API closed until it is done (docs/operations.md).")
    .action(async (file: string) => {
      const client = context.client();
      const marks = readJsonLines(file) as Mark[];
      let [added, erased, left] = [0, 0, 0];
      for (let from = 0; from < marks.length; from += AT_ONCE) {
        const page = { marks: marks.slice(from, from + AT_ONCE) };
        added += (await client.post<{ added: number }>("/v1/privacy/erasures", page)).added;
      }
      for (let cursor: string | null = ""; cursor !== null;) {
        const body: object = cursor === "" ? {} : { cursor };
        const step: z.infer<typeof AgainView> = await client.post("/v1/privacy/erasures/again", body);
        erased += step.erased;
        left += step.left;
        cursor = step.next;
      }
      context.show({ marks: marks.length, added, erased, left }, () =>
        [
          `${added} of ${marks.length} marks were missing; ${erased} identifiers were erased again.`,
          ...(left === 0 ? [] : [`${left} were busy: run it again.`]),
        ].join("\n"),
      );
      if (left > 0) process.exitCode = 1;
    });
  return erasures;
};
