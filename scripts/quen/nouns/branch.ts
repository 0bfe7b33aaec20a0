// `quen branch`: the shops of the brand.

import { Command } from "commander";
import type { z } from "zod";
import type { BranchView } from "../../../schema/wire/admin.ts";
import type { StaffCodeView } from "../../../schema/wire/privacy.ts";
import { type Context, rowsAs } from "../context.ts";
import { type Changes, parseChanges } from "../changes.ts";

type Branch = z.infer<typeof BranchView>;
type StaffCode = z.infer<typeof StaffCodeView>;

const asTable = rowsAs<Branch>(["id", "name", "time zone", "day starts", "closed"], (branch) => [
  branch.id,
  branch.name,
  branch.timezone,
  `${branch.dayStartHour}:00`,
  branch.closedAt,
]);

/** What a branch sets differently from the brand travels under `overrides`. */
const patchOf = ({ definitions, report, portal, ...rest }: Changes): Changes => ({
  ...rest,
  ...(definitions === undefined && report === undefined && portal === undefined
    ? {}
    : { overrides: { definitions, report, portal } }),
});

export const branchCommand = (context: Context): Command => {
  const branch = new Command("branch").description("the shops of the brand");
  branch
    .command("list")
    .description("every branch")
    .action(async () => context.show(await context.client().list<Branch>("/v1/admin/branches"), asTable));
  branch
    .command("add <name>")
    .description("a new branch; time zone and start of the day cannot be changed later")
    .requiredOption("--timezone <iana>", "time zone of the branch, e.g. Asia/Ho_Chi_Minh")
    .option("--id <id>", "id of your choice: small letters, digits, hyphens")
    .option("--day-start-hour <hour>", "local hour at which a business day starts", Number)
    .addHelpText("after", '\nExample:\n  quen branch add "Quận 1" --id q1 --timezone Asia/Ho_Chi_Minh')
    .action(async (name: string, flags: { timezone: string; id?: string; dayStartHour?: number }) =>
      context.show(await context.client().post<Branch>("/v1/admin/branches", { name, ...flags }), (added) =>
        asTable([added]),
      ),
    );
  branch
    .command("set <id> <changes...>")
    .description("change name or definitions of a branch, or close and reopen it")
    .addHelpText(
      "after",
      "\nExample:\n  quen branch set q1 name='Quận 1, Lê Lợi' definitions.gapMs=1200000\n  quen branch set q1 portal.guestPass=false\n  quen branch set q1 closed=true",
    )
    .action(async (id: string, changes: string[]) =>
      context.show(
        await context
          .client()
          .patch<Branch>(`/v1/admin/branches/${encodeURIComponent(id)}`, patchOf(parseChanges(changes))),
        (changed) => asTable([changed]),
      ),
    );
  branch
    .command("staff-code <id>")
    .description(
      "a code with which the staff take their own phones out of the counts; 24 h, any number of phones",
    )
    .addHelpText("after", "\nExample:\n  quen branch staff-code q1")
    .action(async (id: string) =>
      context.show(
        await context.client().post<StaffCode>(`/v1/admin/branches/${encodeURIComponent(id)}/staff-code`),
        ({ code, expiresAt }) => `${code}\n\nUntil ${expiresAt}, on the portal's page for staff.`,
      ),
    );
  return branch;
};
