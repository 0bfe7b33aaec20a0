// The verbs of `quen profile` with which an operator corrects identity: the same, not the same, retract, block, and what
// stands.

import { Command } from "commander";
import type { SharedView, StatementView } from "../../../schema/wire/identity.ts";
import { type Context, rowsAs } from "../context.ts";
import { END_HELP, parseEnd } from "../identity-end.ts";

const PATH = "/v1/admin/identity";
const NOTE = "\nThe reason is kept: write nothing personal into it.";

interface Why {
  reason: string;
}

const sayCommand = (context: Context, name: string, says: "same" | "not_same", what: string): Command =>
  new Command(name)
    .description(what)
    .argument("<a>", END_HELP)
    .argument("<b>", END_HELP)
    .requiredOption("--reason <text>", "why; it is shown with the explanation")
    .addHelpText(
      "after",
      `\nExample:\n  quen profile ${name} pr_0f3c… commerce/customer:pos-q1=KH001 --reason 'asked at the counter'\n${NOTE}`,
    )
    .action(async (a: string, b: string, { reason }: Why) => {
      const body = { a: parseEnd(a), b: parseEnd(b), says, reason };
      const made = await context.client().post<{ id: string }>(`${PATH}/statements`, body);
      context.show(made, ({ id }) => `It is stated as ${id}. Take it back: quen profile retract ${id}`);
    });

const statementsAsTable = rowsAs<StatementView>(
  ["id", "says", "profiles", "reason", "by", "at"],
  ({ id, says, profileIds, reason, actor, at }) => [
    id,
    says === "same" ? "the same" : "not the same",
    profileIds.join(" "),
    reason,
    actor,
    at,
  ],
);

const sharedAsTable = rowsAs<SharedView>(
  ["edges", "realm", "kind", "value", "profile"],
  ({ edges, realm, kind, mask, profileId }) => [edges, realm, kind, mask, profileId],
);

const retractCommand = (context: Context): Command =>
  new Command("retract")
    .description("take back a statement (st_…) or a piece of evidence; it counts as never told")
    .argument("<id>", "from quen profile statements, or quen profile explain --evidence")
    .option("--reason <text>", "why; needed for evidence")
    .addHelpText(
      "after",
      "\nExamples:\n  quen profile retract st_4k7m2q9x8r1t\n  quen profile retract 'pos-q1/…' --reason 'typed into the wrong order'\n" +
        NOTE,
    )
    .action(async (id: string, { reason }: Partial<Why>) => {
      const client = context.client();
      if (id.startsWith("st_")) await client.remove(`${PATH}/statements/${encodeURIComponent(id)}`);
      else if (reason === undefined) throw new Error("Evidence is retracted with a --reason.");
      else await client.post(`${PATH}/evidence/${encodeURIComponent(id)}/retract`, { reason });
      context.show({ id, retracted: true }, () => `${id} is retracted, and identity was decided again.`);
    });

const blockCommand = (context: Context, name: "block" | "unblock", what: string): Command =>
  new Command(name)
    .description(what)
    .argument("<kind>", "phone, email, customer:SOURCE, …")
    .argument("<value>")
    .requiredOption("--reason <text>", "why")
    .addHelpText(
      "after",
      `\nExample:\n  quen profile ${name} phone 0901234567 --reason 'the till types it for everybody'\n${NOTE}`,
    )
    .action(async (kind: string, value: string, { reason }: Why) => {
      const body = { kind, value, reason };
      const client = context.client();
      const done = await (name === "block"
        ? client.post<{ identifiers: number }>(`${PATH}/blocked`, body)
        : client.remove<{ identifiers: number }>(`${PATH}/blocked`, body));
      const says = name === "block" ? "joins nobody any more" : "joins again";
      context.show(done, ({ identifiers }) => `This value ${says}; ${identifiers} identifiers have it now.`);
    });

export const correctCommands = (context: Context): Command[] => [
  sayCommand(context, "same", "same", "state that two identifiers are one person's"),
  sayCommand(context, "not-same", "not_same", "state that two identifiers are not one person's"),
  new Command("statements")
    .description("what operators state, newest first")
    .action(async () =>
      context.show(await context.client().list<StatementView>(`${PATH}/statements`), statementsAsTable),
    ),
  retractCommand(context),
  blockCommand(context, "block", "a value that says nothing about anyone: it joins nobody"),
  blockCommand(context, "unblock", "the value says something after all"),
  new Command("shared")
    .description("identifiers that are several people's, those with most edges first")
    .action(async () =>
      context.show(await context.client().list<SharedView>(`${PATH}/shared`), sharedAsTable),
    ),
];
