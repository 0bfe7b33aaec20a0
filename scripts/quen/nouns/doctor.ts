// `quen doctor`: does the deployment answer, and is each part well? Exits with 1 when something is not.

import { Command } from "commander";
import type { Context } from "../context.ts";
import { table } from "../table.ts";

interface Check {
  name: string;
  ok: boolean;
  detail?: string;
}
interface Health {
  ok?: boolean;
  checks?: Check[];
}

export const doctorCommand = (context: Context): Command =>
  new Command("doctor").description("is every part of the deployment well?").action(async () => {
    const health = await context.client().get<Health>("/v1/admin/health");
    const checks = health.checks ?? [];
    context.show(health, () =>
      table(
        ["part", "state", "detail"],
        checks.map((check) => [check.name, check.ok ? "ok" : "NOT OK", check.detail]),
      ),
    );
    if (health.ok === false || checks.some((check) => !check.ok)) process.exitCode = 1;
  });
