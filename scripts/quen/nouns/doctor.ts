// `quen doctor`: does the deployment answer, and is anything waiting for an operator? Exits with 1 when not well.

import { Command } from "commander";
import type { z } from "zod";
import type { HealthView } from "../../../schema/wire/admin.ts";
import type { SourceView } from "../../../schema/wire/channels.ts";
import type { IdentityStatus } from "../../../schema/wire/identity.ts";
import type { Context } from "../context.ts";
import { table } from "../table.ts";

type Health = z.infer<typeof HealthView>;

/** Decisions follow facts within seconds. */
const LATE_MS = 10 * 60_000;

interface Checkup extends Health {
  identityWaiting: number;
  identityWaitingSince: string | null;
  sharedIdentifiers: number | null;
  /** Sources whose webhooks are not taken, for want of a secret. */
  sourcesWithoutSecret: string;
}

const isLate = ({ at, identityWaitingSince: since }: Checkup): boolean =>
  since !== null && Date.parse(at) - Date.parse(since) > LATE_MS;

const asText = (health: Checkup): string => {
  const { ok, ...parts } = health;
  const dead = health.deadLetters > 0 ? "\n\nSee the dead letters: quen dead list" : "";
  const lost = health.zaloToken === "refused" || health.zaloToken === "missing";
  const late = isLate(health) ? "\n\nIdentity is behind: what was told is kept, and not decided yet." : "";
  const off =
    health.webhooksDisabled > 0 ? "\n\nA receiver of webhooks is off. See why: quen webhook list" : "";
  const secret =
    health.sourcesWithoutSecret === ""
      ? ""
      : "\n\nWebhooks of a source are refused for want of a secret: quen source secret add ID";
  const advice = `${secret}${dead}${late}${off}${lost ? "\n\nCodes do not go by Zalo. See why: quen zalo token" : ""}`;
  return `${ok ? "Well." : "NOT WELL."}\n\n${table(["part", "value"], Object.entries(parts))}${advice}`;
};

export const doctorCommand = (context: Context): Command =>
  new Command("doctor").description("does the deployment answer, and is it well?").action(async () => {
    const client = context.client();
    const health = await client.get<Health>("/v1/admin/health");
    const { waiting, waitingSince, shared } = await client.get<IdentityStatus>(
      "/v1/admin/identity/status?shared=true",
    );
    const sources = await client.list<z.infer<typeof SourceView>>("/v1/admin/sources");
    const checkup = {
      ...health,
      sourcesWithoutSecret: sources
        .filter(({ lacks }) => lacks.includes("signing"))
        .map(({ id }) => id)
        .join(" "),
      identityWaiting: waiting,
      identityWaitingSince: waitingSince,
      sharedIdentifiers: shared,
    };
    context.show(checkup, asText);
    if (!health.ok || isLate(checkup)) process.exitCode = 1;
  });
