// `quen counters`: what was not used and why, so that nothing vanishes unseen.

import { Command } from "commander";
import type { z } from "zod";
import type { CountersView } from "../../../schema/wire/admin.ts";
import { type Context, rowsAs } from "../context.ts";

type Counters = z.infer<typeof CountersView>["data"][number];

const byReason = (branchId: string | null, where: string, counts: Record<string, number>) =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => ({ branchId, where, reason, count }));

const asTable = rowsAs<ReturnType<typeof byReason>[number]>(["branch", "where", "reason", "count"], (row) => [
  row.branchId ?? "brand",
  row.where,
  row.reason,
  row.count,
]);

export const countersCommand = (context: Context): Command =>
  new Command("counters")
    .description("input that was not used, by branch and reason")
    .action(async () =>
      context.show(await context.client().list<Counters>("/v1/admin/counters"), (branches) =>
        asTable(
          branches.flatMap(({ branchId, dropped, agents, outbox }) => [
            ...byReason(branchId, "server", dropped),
            ...byReason(branchId, "agent", agents),
            ...byReason(branchId, "waiting", outbox === 0 ? {} : { outbox }),
          ]),
        ),
      ),
    );
