// The queue of data-subject requests: what is open with its due dates, and what an operator does about each.

import { createRoute } from "@hono/zod-openapi";
import type { Context } from "hono";
import { z } from "zod";
import { listOf } from "../../../schema/wire/admin.ts";
import {
  Closing,
  Extension,
  HolidaysView,
  NewRequest,
  RequestsQuery,
  RequestView,
} from "../../../schema/wire/rights.ts";
import { type Closed, closeTheRequest } from "../../portal/rights/close-request.ts";
import { extendTheRequest } from "../../portal/rights/extend-request.ts";
import { openForOperator } from "../../portal/rights/open-requests.ts";
import { readRequest } from "../../portal/rights/read-request.ts";
import { addedHolidays, putHolidays } from "../../store/holidays.ts";
import {
  findRequest,
  liftRestriction,
  listRequests,
  markReplied,
  type RequestPosition,
} from "../../store/requests.ts";
import { auditOf } from "../admin/audit-of.ts";
import type { HttpEnv } from "../context.ts";
import { jsonReply, problemReply, refuse, router } from "../openapi.ts";
import { requireScope } from "../require-scope.ts";
import { partsOf } from "./parts.ts";
import { requestView } from "./request-view.ts";

const PAGE = 100;
const privacy = { tags: ["Privacy"], middleware: requireScope("privacy") };
const params = z.object({ id: z.string().max(60) });
const json = <Schema extends z.ZodType>(schema: Schema) => ({
  content: { "application/json": { schema } },
  required: true,
});
const one = {
  200: jsonReply(RequestView, "The request as it stands now"),
  404: problemReply("No such request"),
};
const stateful = { ...one, 409: problemReply("Its state does not allow that") };

const list = createRoute({
  ...privacy,
  method: "get",
  path: "/v1/requests",
  summary: "Requests of data subjects: open ones by due date, closed ones newest first; without their words",
  request: { query: RequestsQuery },
  responses: { 200: jsonReply(listOf(RequestView), "A page") },
});
const open = createRoute({
  ...privacy,
  method: "post",
  path: "/v1/requests",
  summary: "A request that a person told an operator; two where store and commerce know them apart",
  request: { body: json(NewRequest) },
  responses: {
    201: jsonReply(listOf(RequestView), "Opened, with due dates"),
    400: problemReply("The value is none of its kind"),
  },
});
const holidays = createRoute({
  ...privacy,
  method: "get",
  path: "/v1/requests/holidays",
  summary: "Days off that count besides those of the law",
  responses: { 200: jsonReply(HolidaysView, "Dates") },
});
const setHolidays = createRoute({
  ...privacy,
  method: "put",
  path: "/v1/requests/holidays",
  summary: "Add days off, as the government announces them; for requests opened from now on",
  request: { body: json(HolidaysView) },
  responses: { 200: jsonReply(HolidaysView, "Dates") },
});
const get = createRoute({
  ...privacy,
  method: "get",
  path: "/v1/requests/{id}",
  summary: "One request with its words; the read is logged",
  request: { params },
  responses: one,
});
const reply = createRoute({
  ...privacy,
  method: "post",
  path: "/v1/requests/{id}/reply",
  summary: "The person was told that the request was received",
  request: { params },
  responses: stateful,
});
const extend = createRoute({
  ...privacy,
  method: "post",
  path: "/v1/requests/{id}/extend",
  summary: "The one extension, before it is due; the person must be told why",
  request: { params, body: json(Extension) },
  responses: stateful,
});
const close = createRoute({
  ...privacy,
  method: "post",
  path: "/v1/requests/{id}/close",
  summary: "Done or refused; objecting, withdrawing and restricting are carried out by this",
  request: { params, body: json(Closing) },
  responses: { ...stateful, 503: problemReply("It could not be carried out now; nothing was closed") },
});
const lift = createRoute({
  ...privacy,
  method: "post",
  path: "/v1/requests/{id}/lift",
  summary: "The restriction that this request made ends",
  request: { params, body: json(Extension) },
  responses: stateful,
});

const parseCursor = (text: string | undefined): RequestPosition | null => {
  const match = /^(\d{1,15})~(rq_[0-9a-z]{8,40})$/.exec(text ?? "");
  return match ? { at: Number(match[1]), id: match[2] ?? "" } : null;
};

const show = async (c: Context<HttpEnv>, id: string) => {
  const row = await findRequest(c.get("services").db, id);
  return row === null ? refuse(c, "not_found") : c.json(requestView(row, null, c.get("clock").now), 200);
};

const WHY_NOT: Readonly<Record<Exclude<Closed, "done" | "unknown" | "retry">, string>> = {
  closed: "It is closed.",
  needs_proof: "Say in `proof` how it can be shown that it was done.",
  needs_erasure: "Erase by POST /v1/profiles/{id}/erasure with this requestId; that closes it.",
};

export const requestRoutes = router()
  .openapi(list, async (c) => {
    const { state, cursor } = c.req.valid("query");
    const rows = await listRequests(c.get("services").db, state, parseCursor(cursor), PAGE);
    const last = rows.at(-1);
    const at = last === undefined ? 0 : state === "open" ? last.dueAt : (last.closedAt ?? 0);
    const next = last !== undefined && rows.length === PAGE ? `${at}~${last.id}` : null;
    return c.json({ data: rows.map((row) => requestView(row, null, c.get("clock").now)), next }, 200);
  })
  .openapi(open, async (c) => {
    const parts = partsOf(c);
    const ids = await openForOperator(parts, c.req.valid("json"), auditOf(c, "request.open", ""));
    if (ids === null)
      return refuse(c, "invalid_body", {
        errors: [{ path: "by.value", message: "is no value of its kind" }],
      });
    const rows = await Promise.all(ids.map((id) => findRequest(parts.db, id)));
    const now = c.get("clock").now;
    const data = rows.filter((row) => row !== null).map((row) => requestView(row, null, now));
    return c.json({ data, next: null }, 201);
  })
  .openapi(holidays, async (c) => c.json({ added: [...(await addedHolidays(c.get("services").db))] }, 200))
  .openapi(setHolidays, async (c) => {
    const added = [...new Set(c.req.valid("json").added)].toSorted();
    await putHolidays(c.get("services").db, added, auditOf(c, "request.holidays", added.join(" ")));
    return c.json({ added }, 200);
  })
  .openapi(get, async (c) => {
    const parts = partsOf(c);
    const { clock, caller, requestId } = c.var;
    const by = { at: clock.now, actor: caller?.name ?? "nobody", requestId };
    const read = await readRequest(parts, c.req.valid("param").id, by);
    return read === null ? refuse(c, "not_found") : c.json(requestView(read.row, read.note, clock.now), 200);
  })
  .openapi(reply, async (c) => {
    const { id } = c.req.valid("param");
    const outcome = await markReplied(c.get("services").db, id, auditOf(c, "request.reply", id));
    return outcome === "refused" ? refuseState(c, id, "It is answered or closed.") : show(c, id);
  })
  .openapi(extend, async (c) => {
    const { id } = c.req.valid("param");
    const { db } = c.get("services");
    const audit = auditOf(c, "request.extend", `${id}: ${c.req.valid("json").reason}`);
    const outcome = await extendTheRequest(db, id, audit);
    if (outcome === "refused")
      return refuseState(c, id, "It is closed, was extended, or is past its due date.");
    return show(c, id);
  })
  .openapi(close, async (c) => {
    const { id } = c.req.valid("param");
    const outcome = await closeTheRequest(
      partsOf(c),
      id,
      c.req.valid("json"),
      auditOf(c, "request.close", id),
    );
    switch (outcome) {
      case "done":
        return show(c, id);
      case "unknown":
        return refuse(c, "not_found");
      case "retry":
        return refuse(c, "unavailable");
      case "closed":
      case "needs_proof":
      case "needs_erasure":
        return refuse(c, "conflict", { detail: WHY_NOT[outcome] });
    }
  })
  .openapi(lift, async (c) => {
    const { id } = c.req.valid("param");
    const audit = auditOf(c, "request.lift", `${id}: ${c.req.valid("json").reason}`);
    const outcome = await liftRestriction(c.get("services").db, id, audit);
    return outcome === "refused" ? refuseState(c, id, "It restricts nothing.") : show(c, id);
  });

const refuseState = async (c: Context<HttpEnv>, id: string, detail: string): Promise<never> => {
  const row = await findRequest(c.get("services").db, id);
  return row === null ? refuse(c, "not_found") : refuse(c, "conflict", { detail });
};
