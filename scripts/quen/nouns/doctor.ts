// `quen doctor`: does the deployment answer, and is anything waiting for an operator? Exits with 1 when not well.

import { Command } from "commander";
import type { z } from "zod";
import type { HealthView } from "../../../schema/wire/admin.ts";
import type { Context } from "../context.ts";
import { table } from "../table.ts";

type Health = z.infer<typeof HealthView>;

const asText = (health: Health): string => {
  const { ok, ...parts } = health;
  const dead = health.deadLetters > 0 ? "\n\nSee the dead letters: quen dead list" : "";
  const lost = health.zaloToken === "refused" || health.zaloToken === "missing";
  const advice = `${dead}${lost ? "\n\nCodes do not go by Zalo. See why: quen zalo token" : ""}`;
  return `${ok ? "Well." : "NOT WELL."}\n\n${table(["part", "value"], Object.entries(parts))}${advice}`;
};

export const doctorCommand = (context: Context): Command =>
  new Command("doctor").description("does the deployment answer, and is it well?").action(async () => {
    const health = await context.client().get<Health>("/v1/admin/health");
    context.show(health, asText);
    if (!health.ok) process.exitCode = 1;
  });
