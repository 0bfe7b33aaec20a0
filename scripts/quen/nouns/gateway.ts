// `quen gateway`: what hands shoppers over to the portal, one or more a branch.

import { Command } from "commander";
import type { z } from "zod";
import type { GatewayView } from "../../../schema/wire/admin.ts";
import { type Context, rowsAs } from "../context.ts";

type Gateway = z.infer<typeof GatewayView>;

const asTable = rowsAs<Gateway>(["id", "branch", "kind", "name", "address"], (gateway) => [
  gateway.id,
  gateway.branchId,
  gateway.kind,
  gateway.name,
  gateway.url,
]);

export const gatewayCommand = (context: Context): Command => {
  const gateway = new Command("gateway").description("what hands shoppers over to the portal");
  gateway
    .command("list")
    .description("every gateway with the address its redirect goes to")
    .action(async () => context.show(await context.client().list<Gateway>("/v1/admin/gateways"), asTable));
  gateway
    .command("add <branch> <name>")
    .description("a new gateway; prints the address to put into the router")
    .option("--kind <kind>", "how the router hands over", "link")
    .addHelpText("after", '\nExample:\n  quen gateway add q1 "Counter QR" --kind link')
    .action(async (branchId: string, name: string, flags: { kind: string }) =>
      context.show(
        await context.client().post<Gateway>("/v1/admin/gateways", { kind: flags.kind, branchId, name }),
        (added) => `${added.id}\n${added.url}`,
      ),
    );
  return gateway;
};
