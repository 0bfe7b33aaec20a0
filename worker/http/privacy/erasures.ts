// Who was erased, to be kept outside of the database, and erasing them again after it was restored (docs/operations.md).
// The list holds keyed marks alone: only this deployment can tell whom they mean.

import { createRoute } from "@hono/zod-openapi";
import { listOf } from "../../../schema/wire/admin.ts";
import {
  AgainAsk,
  AgainView,
  ErasureMark,
  ErasureMarks,
  MarksQuery,
  PutBackView,
} from "../../../schema/wire/rights.ts";
import { eraseAgain } from "../../portal/rights/erase-again.ts";
import { writeAudit } from "../../store/audit.ts";
import { putBack, tombstonesAfter } from "../../store/leftovers.ts";
import { auditOf } from "../admin/audit-of.ts";
import { jsonReply, router } from "../openapi.ts";
import { requireScope } from "../require-scope.ts";
import { partsOf } from "./parts.ts";

const MARKS = 500;
const IDENTIFIERS = 200;
const privacy = { tags: ["Privacy"], middleware: requireScope("privacy") };
const json = <Schema>(schema: Schema) => ({ content: { "application/json": { schema } }, required: true });

const list = createRoute({
  ...privacy,
  method: "get",
  path: "/v1/privacy/erasures",
  summary: "Marks of everybody who was erased: to be kept outside, for a restored database",
  request: { query: MarksQuery },
  responses: { 200: jsonReply(listOf(ErasureMark), "A page") },
});
const back = createRoute({
  ...privacy,
  method: "post",
  path: "/v1/privacy/erasures",
  summary: "Put marks back into a restored database; those that are there stay as they are",
  request: { body: json(ErasureMarks) },
  responses: { 200: jsonReply(PutBackView, "How many were missing") },
});
const again = createRoute({
  ...privacy,
  method: "post",
  path: "/v1/privacy/erasures/again",
  summary: "Erase again whoever stands although the marks say they were erased: one page of identifiers",
  request: { body: json(AgainAsk) },
  responses: {
    200: jsonReply(AgainView, "Ask on with `next` until it is null; `left` were busy, begin anew for them"),
  },
});

const afterOf = (cursor: string | undefined): { tag: string; generation: number } => {
  const match = /^([\w-]{43})~(\d{1,9})$/.exec(cursor ?? "");
  return { tag: match?.[1] ?? "", generation: Number(match?.[2] ?? 0) };
};

export const erasuresRoutes = router()
  .openapi(list, async (c) => {
    const rows = await tombstonesAfter(c.get("services").db, afterOf(c.req.valid("query").cursor), MARKS);
    const last = rows.at(-1);
    const next = last !== undefined && rows.length === MARKS ? `${last.tag}~${last.generation}` : null;
    const data = rows.map((row) => ({ ...row, erasedAt: new Date(row.erasedAt).toISOString() }));
    return c.json({ data, next }, 200);
  })
  .openapi(back, async (c) => {
    const marks = c.req.valid("json").marks.map((mark) => ({ ...mark, erasedAt: Date.parse(mark.erasedAt) }));
    const audit = auditOf(c, "erasures.put_back", `${marks.length} marks`);
    return c.json({ added: await putBack(c.get("services").db, marks, audit) }, 200);
  })
  .openapi(again, async (c) => {
    const { cursor } = c.req.valid("json");
    const parts = partsOf(c);
    if (cursor === undefined) await writeAudit(parts.db, auditOf(c, "erasures.again", "all"));
    return c.json(await eraseAgain(parts, cursor ?? "", IDENTIFIERS, c.get("clock").now), 200);
  });
