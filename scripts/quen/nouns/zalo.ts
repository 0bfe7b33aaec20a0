// `quen zalo`: the token of the brand's Official Account, which sends one-time codes. A token is read from a file or
// from standard input, so that it stands in no shell history and no list of processes.

import { readFileSync } from "node:fs";
import { Command } from "commander";
import type { z } from "zod";
import type { OaTokenView } from "../../../schema/wire/admin.ts";
import type { Context } from "../context.ts";
import { table } from "../table.ts";

type View = z.infer<typeof OaTokenView>;

const PATH = "/v1/admin/zalo/oa-token";
const STDIN = 0;

const ADVICE: Readonly<Record<View["health"], string>> = {
  missing: "There is no token. Set one: quen zalo token --file FILE",
  unused: "No code went by Zalo yet.",
  working: "Codes go by Zalo.",
  failing: "Zalo does not answer; it is tried again. Codes go by SMS meanwhile.",
  refused: "Zalo refused the token. Codes go by SMS until you set a new one: quen zalo token --file FILE",
};

const asText = ({ health, accessUntil, refreshedAt, refusal, counts }: View): string => {
  const rows: [string, string | number | null][] = [
    ["health", health],
    ["access until", accessUntil],
    ["refreshed", refreshedAt],
    ["refused", refusal?.at ?? null],
    ["Zalo's code", refusal?.code ?? null],
    ["refreshes", counts.refreshed],
    ["refusals", counts.refused],
    ["failures", counts.failed],
  ];
  const loss =
    refusal?.afterLoss === true ? "\nAn earlier answer of Zalo was lost, and the token with it." : "";
  return `${table(["part", "value"], rows)}\n\n${ADVICE[health]}${loss}`;
};

export const zaloCommand = (context: Context): Command => {
  const zalo = new Command("zalo").description("the brand's Official Account at Zalo");
  zalo
    .command("token")
    .description("how its token fares; with --file, set a new refresh token")
    .option("--file <path>", "file that holds the refresh token; - is standard input")
    .action(async ({ file }: { file?: string }) => {
      const client = context.client();
      if (file === undefined) {
        context.show(await client.get<View>(PATH), asText);
        return;
      }
      const refreshToken = readFileSync(file === "-" ? STDIN : file, "utf8").trim();
      const view = await client.put<View>(PATH, { refreshToken });
      context.show(view, asText);
      if (view.health !== "working") process.exitCode = 1;
    });
  return zalo;
};
