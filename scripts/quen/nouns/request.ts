// `quen request`: what people asked for, due dates first.

import { Command, Option } from "commander";
import { REQUEST_KINDS } from "../../../schema/requests.ts";
import type { NewRequest, RequestView } from "../../../schema/wire/rights.ts";
import { type Context, rowsAs } from "../context.ts";

const asTable = rowsAs<RequestView>(
  ["id", "kind", "origin", "received", "reply by", "due", "overdue", "outcome", "proof"],
  (request) => [
    request.id,
    request.kind,
    request.origin,
    request.receivedAt,
    request.repliedAt === null ? request.replyDueAt : "replied",
    request.dueAt,
    request.overdue,
    request.outcome,
    request.proof,
  ],
);

const words = (request: RequestView): string =>
  [
    `${request.id}: ${request.kind}, profile ${request.profileId ?? "none"}`,
    `received ${request.receivedAt}, due ${request.dueAt}`,
    ...(request.note === null
      ? []
      : [request.note.text, `Answer to: ${request.note.answerTo ?? "the identifier"}`]),
    ...(request.closedAt === null
      ? []
      : [`closed ${request.closedAt}: ${request.outcome ?? ""} (${request.proof ?? ""})`]),
  ].join("\n");

const pathOf = (id: string): string => `/v1/requests/${encodeURIComponent(id)}`;

export const requestCommand = (context: Context): Command => {
  const request = new Command("request").description("what people asked for, with due dates");
  const show = async (call: Promise<RequestView>): Promise<void> => context.show(await call, words);
  request
    .command("list")
    .description("open requests, the most urgent first")
    .option("--closed", "closed ones instead, newest first")
    .action(async ({ closed }: { closed?: true }) =>
      context.show(
        await context.client().list<RequestView>(`/v1/requests?state=${closed === true ? "closed" : "open"}`),
        asTable,
      ),
    );
  request
    .command("show <id>")
    .description("one request with its words; it stands in the access log")
    .action(async (id: string) => show(context.client().get<RequestView>(pathOf(id))));
  request
    .command("open <identifier> <value>")
    .description("somebody asked: by phone, e-mail, Zalo id or customer code")
    .addOption(new Option("--kind <kind>", "what was asked").choices(REQUEST_KINDS).makeOptionMandatory())
    .option("--text <words>", "what was said; it is sealed")
    .option("--answer-to <contact>", "how to answer, where it is not the identifier")
    .option("--others", "a processor or third party must act too")
    .option("--received <time>", "when it came in, RFC 3339, where that was earlier")
    .addHelpText("after", "\nExample:\n  quen request open phone '0912 345 678' --kind copy")
    .action(
      async (
        kind: string,
        value: string,
        flags: Pick<NewRequest, "kind" | "text" | "answerTo"> & { others?: true; received?: string },
      ) => {
        const { received, others, ...rest } = flags;
        const body = {
          ...rest,
          by: { kind, value },
          ...(others === true ? { others } : {}),
          ...(received === undefined ? {} : { receivedAt: received }),
        };
        const opened = await context.client().post<{ data: RequestView[] }>("/v1/requests", body);
        context.show(opened.data, asTable);
      },
    );
  request
    .command("reply <id>")
    .description("the person was told that it was received")
    .action(async (id: string) => show(context.client().post<RequestView>(`${pathOf(id)}/reply`)));
  request
    .command("extend <id>")
    .description("the one extension, before it is due")
    .requiredOption("--reason <words>", "what the person is told; it may name nobody")
    .action(async (id: string, body: { reason: string }) =>
      show(context.client().post<RequestView>(`${pathOf(id)}/extend`, body)),
    );
  request
    .command("close <id>")
    .description("done or refused; objecting, withdrawing and restricting are carried out by it")
    .option("--proof <words>", "how it can be shown that it was done; it may name nobody")
    .option("--refuse <reason>", "why not, as the person is told; it may name nobody")
    .addHelpText("after", "\nTo erase: quen profile erase PROFILE --request ID")
    .action(async (id: string, { proof, refuse }: { proof?: string; refuse?: string }) => {
      if (proof !== undefined && refuse !== undefined) throw new Error("Say --proof or --refuse, not both.");
      const done = { outcome: "done", ...(proof === undefined ? {} : { proof }) };
      const body = refuse === undefined ? done : { outcome: "refused", reason: refuse };
      await show(context.client().post<RequestView>(`${pathOf(id)}/close`, body));
    });
  request
    .command("lift <id>")
    .description("the restriction that this request made ends")
    .requiredOption("--reason <words>", "why; it may name nobody")
    .action(async (id: string, body: { reason: string }) =>
      show(context.client().post<RequestView>(`${pathOf(id)}/lift`, body)),
    );
  request
    .command("holidays [dates...]")
    .description("days off besides those of the law (YYYY-MM-DD); without dates, those that are set")
    .action(async (dates: string[]) => {
      const client = context.client();
      const path = "/v1/requests/holidays";
      const { added } = await (dates.length === 0
        ? client.get<{ added: string[] }>(path)
        : client.put<{ added: string[] }>(path, { added: dates }));
      context.show({ added }, () =>
        added.length === 0 ? "None besides those of the law." : added.join("\n"),
      );
    });
  return request;
};
