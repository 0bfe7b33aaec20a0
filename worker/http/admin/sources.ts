// Sources that tell of people, each with its legal basis. What a revoked one told stays; it may tell nothing more.

import { createRoute, z } from "@hono/zod-openapi";
import { parseSourceId, type SourceId } from "../../../schema/ids.ts";
import { listOf } from "../../../schema/wire/admin.ts";
import { NewSource, SourceView } from "../../../schema/wire/channels.ts";
import { insertSource, listSources, revokeSource, type Source } from "../../store/sources.ts";
import { jsonBody, jsonReply, problemReply, refuse, router } from "../openapi.ts";
import { auditOf } from "./audit-of.ts";

const tags = ["Admin"];
/** Quen's own: shoppers tell it themselves. */
const PORTAL = "portal";

const toView = (source: Source): z.infer<typeof SourceView> => ({
  ...source,
  createdAt: new Date(source.createdAt).toISOString(),
  revokedAt: source.revokedAt === null ? null : new Date(source.revokedAt).toISOString(),
});

const list = createRoute({
  method: "get",
  path: "/v1/admin/sources",
  tags,
  summary: "Sources, the most believed first, also those that were revoked",
  responses: { 200: jsonReply(listOf(SourceView), "All sources") },
});

const add = createRoute({
  method: "post",
  path: "/v1/admin/sources",
  tags,
  summary: "Declare a source and by which right it tells of people",
  request: { body: jsonBody(NewSource) },
  responses: { 201: jsonReply(SourceView, "The source"), 409: problemReply("The id was given before") },
});

const revoke = createRoute({
  method: "delete",
  path: "/v1/admin/sources/{id}",
  tags,
  summary: "Take nothing more from a source",
  request: { params: z.object({ id: z.string() }) },
  responses: { 204: { description: "Revoked" }, 404: problemReply("No such source, or revoked already") },
});

export const sourceRoutes = router()
  .openapi(list, async (c) =>
    c.json({ data: (await listSources(c.get("services").db)).map(toView), next: null }, 200),
  )
  .openapi(add, async (c) => {
    const body = c.req.valid("json");
    const source: Source = {
      ...body,
      id: body.id as SourceId,
      createdAt: c.get("clock").now,
      revokedAt: null,
    };
    const made = await insertSource(c.get("services").db, source, auditOf(c, "source.add", source.id));
    if (!made)
      return refuse(c, "conflict", { detail: `A source with the id ${source.id} exists or existed.` });
    return c.json(toView(source), 201);
  })
  .openapi(revoke, async (c) => {
    const id = parseSourceId(c.req.valid("param").id);
    if (id === PORTAL) return refuse(c, "conflict", { detail: "The portal is Quen's own source." });
    const done =
      id !== null && (await revokeSource(c.get("services").db, id, auditOf(c, "source.revoke", id)));
    c.get("services").forgetCached();
    return done ? c.body(null, 204) : refuse(c, "not_found");
  });
