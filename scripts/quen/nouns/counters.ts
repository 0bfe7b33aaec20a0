// `quen counters`: what was not used and why, so that nothing vanishes unseen.

import { Command } from "commander";
import { type Context, rowsAs } from "../context.ts";

interface Counter {
  branchId?: string | null;
  agentId?: string | null;
  name?: string;
  reason?: string;
  count: number;
}

const asTable = rowsAs<Counter>(["branch", "what", "count"], (counter) => [
  counter.branchId,
  counter.reason ?? counter.name,
  counter.count,
]);

export const countersCommand = (context: Context): Command =>
  new Command("counters")
    .description("input that was not used, by reason")
    .action(async () => context.show(await context.client().list<Counter>("/v1/admin/counters"), asTable));
