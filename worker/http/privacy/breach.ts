// Who was affected by access to data in a given time, with what each can be told by: for the notices within 72 hours
// (docs/breach.md). Page by page; the export stands in the audit, and each person in the access log.

import { createRoute } from "@hono/zod-openapi";
import { BreachAsk, BreachPage } from "../../../schema/wire/rights.ts";
import { identifierContext } from "../../portal/ledger.ts";
import { openIfReadable } from "../../portal/open-if-readable.ts";
import { makeSeal } from "../../portal/seal.ts";
import { logAccess } from "../../store/access-log.ts";
import { writeAudit } from "../../store/audit.ts";
import { affectedPage, readsOfErased } from "../../store/breach.ts";
import { runAll } from "../../store/run-all.ts";
import { auditOf } from "../admin/audit-of.ts";
import { jsonBody, jsonReply, problemReply, router } from "../openapi.ts";
import { requireScope } from "../require-scope.ts";

/** Each is looked up in every table that was asked for. */
const PAGE = 200;

const breach = createRoute({
  tags: ["Privacy"],
  middleware: requireScope("privacy"),
  method: "post",
  path: "/v1/privacy/breach",
  summary: "Who was affected by reads of these actors, or by access to these tables, and how to tell them",
  request: { body: jsonBody(BreachAsk) },
  responses: {
    200: jsonReply(BreachPage, "A page; it may be empty, only `next` null is the end"),
    400: problemReply("Not valid; `errors` names the field"),
  },
});

export const breachRoutes = router().openapi(breach, async (c) => {
  const { db, settings } = c.get("services");
  const { clock, caller, requestId } = c.var;
  const { from, to, actors = null, tables = [], cursor } = c.req.valid("json");
  const question = { from: Date.parse(from), to: Date.parse(to), actors, tables };
  if (cursor === undefined) {
    const what = [...(actors ?? []), ...tables].join(" ");
    await writeAudit(db, auditOf(c, "breach.export", `${from} to ${to}: ${what}`));
  }
  const { rows, last } = await affectedPage(db, { ...question, after: cursor ?? "", limit: PAGE });
  await runAll(db, [
    logAccess(
      { by: "keys", keys: rows.map(({ key }) => key) },
      { at: clock.now, actor: caller?.name ?? "nobody", action: "breach", requestId },
    ),
  ]);
  const seal = makeSeal(settings.SEAL_KEYS);
  const data = await Promise.all(
    rows.map(async ({ key, sealed, ...row }) => ({
      profileId: row.profileId,
      realm: row.realm,
      channel: row.kind,
      contact: await openIfReadable(seal, sealed, identifierContext(key)),
      reads: row.reads,
      readBy: [...row.readBy],
      tables: [...row.tables],
    })),
  );
  const erasedReads = cursor === undefined ? await readsOfErased(db, question) : 0;
  return c.json({ data, erasedReads, next: last }, 200);
});
