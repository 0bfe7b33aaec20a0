// What a till's request with orders or customers goes through: the envelope, who may tell of that source, the verdicts, and
// the queue before the reply. A repeat changes nothing, so a caller that heard no answer sends the same again.

import { waitUntil } from "cloudflare:workers";
import type { Context } from "hono";
import type { z } from "zod";
import { fieldErrors } from "../../../schema/field-errors.ts";
import type { OrdersRefusal } from "../../../schema/reasons.ts";
import { MOST_TOLD, MOST_TOLD_BYTES, OrdersReply } from "../../../schema/wire/channels.ts";
import { describeError } from "../../describe-error.ts";
import { findSource } from "../../store/sources.ts";
import { readBody } from "../agents/body.ts";
import type { HttpEnv } from "../context.ts";
import { jsonReply, problemReply } from "../openapi.ts";
import { problem, type ProblemExtras } from "../problem.ts";
import { type Judging, judgeTold } from "./judge-told.ts";

const PORTAL = "portal";

export interface Telling<Ask extends { readonly source: string }> {
  readonly list: "orders" | "customers";
  readonly ask: z.ZodType<Ask>;
  readonly listOf: (ask: Ask) => readonly unknown[];
  readonly judging: (ask: Ask) => Judging;
}

export const takeTold = async <Ask extends { readonly source: string }>(
  c: Context<HttpEnv>,
  { list, ask: Envelope, listOf, judging }: Telling<Ask>,
): Promise<Response> => {
  const services = c.get("services");
  const limits = { [list]: MOST_TOLD, bytes: MOST_TOLD_BYTES };
  const refuseAll = (reason: OrdersRefusal, extras: ProblemExtras = {}): Response => {
    waitUntil(services.count(null, `${list}_${reason}`));
    return problem(c, reason === "unknown_source" ? "invalid_body" : reason, extras);
  };
  const body = await readBody(c.req.raw, MOST_TOLD_BYTES);
  if (!body.ok) return refuseAll(body.reason, body.reason === "too_large" ? { limits } : {});
  const ask = Envelope.safeParse(body.json);
  if (!ask.success) return refuseAll("invalid_body", { errors: fieldErrors(ask.error) });
  const told = listOf(ask.data);
  if (told.length > MOST_TOLD) return refuseAll("too_large", { limits });
  const bound = c.get("caller")?.source;
  if (bound !== undefined && bound !== ask.data.source)
    return problem(c, "forbidden", { detail: `This key may only tell of the source ${bound}.` });
  const source = ask.data.source === PORTAL ? null : await findSource(services.db, ask.data.source);
  if (source === null) {
    const message = "is no source, or one that was revoked; an operator declares it";
    return refuseAll("unknown_source", { errors: [{ path: "source", message }] });
  }
  const now = c.get("clock").now;
  const { messages, reply, counts } = await judgeTold(services, source, told, now, judging(ask.data));
  try {
    await services.tell(messages);
  } catch (error) {
    console.error(`The queue took no ${list}`, { source: source.id, error: describeError(error) });
    return refuseAll("unavailable");
  }
  for (const [reason, n] of counts) waitUntil(services.count(null, reason, n));
  return c.json(reply, 200);
};

export const takenReplies = (list: "orders" | "customers") => ({
  200: jsonReply(OrdersReply, "Taken durably; what was not, and why"),
  400: problemReply("The envelope is not valid, or there is no such source"),
  413: problemReply(`Over ${MOST_TOLD} ${list} or ${MOST_TOLD_BYTES / 1_000} KB`),
  503: problemReply("Nothing is sure to be taken; send the same again after Retry-After"),
});
