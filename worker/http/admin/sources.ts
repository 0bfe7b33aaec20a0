// Sources that tell of people, each with its legal basis. What a revoked one told stays; it may tell nothing more.

import { createRoute, z } from "@hono/zod-openapi";
import { parseSourceId, type SourceId } from "../../../schema/ids.ts";
import { listOf } from "../../../schema/wire/admin.ts";
import { NewSource, SourceView } from "../../../schema/wire/channels.ts";
import { purposesHeld } from "../../store/source-secrets.ts";
import { insertSource, listSources, revokeSource, type Source } from "../../store/sources.ts";
import { jsonBody, jsonReply, problemReply, refuse, router } from "../openapi.ts";
import { auditOf } from "./audit-of.ts";
import { checkConfig } from "./check-source.ts";
import { sourceView } from "./source-view.ts";

const tags = ["Admin"];
/** Quen's own: shoppers tell it themselves. */
const PORTAL = "portal";

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
  responses: {
    201: jsonReply(SourceView, "The source"),
    400: problemReply("A setting is missing or wrong; each is named"),
    409: problemReply("The id was given before"),
  },
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
  .openapi(list, async (c) => {
    const { db } = c.get("services");
    const [all, held] = await Promise.all([listSources(db), purposesHeld(db, c.get("clock").now)]);
    return c.json({ data: all.map((source) => sourceView(source, held.get(source.id))), next: null }, 200);
  })
  .openapi(add, async (c) => {
    const body = c.req.valid("json");
    const source: Source = {
      ...body,
      id: body.id as SourceId,
      createdAt: c.get("clock").now,
      revokedAt: null,
    };
    const errors = await checkConfig(c.get("services").db, source.id, source.config);
    if (errors.length > 0)
      return refuse(c, "invalid_body", {
        errors: errors.map(({ path, message }) => ({ path: `config.${path}`, message })),
      });
    const made = await insertSource(c.get("services").db, source, auditOf(c, "source.add", source.id));
    if (!made)
      return refuse(c, "conflict", { detail: `A source with the id ${source.id} exists or existed.` });
    return c.json(sourceView(source), 201);
  })
  .openapi(revoke, async (c) => {
    const id = parseSourceId(c.req.valid("param").id);
    if (id === PORTAL) return refuse(c, "conflict", { detail: "The portal is Quen's own source." });
    const done =
      id !== null && (await revokeSource(c.get("services").db, id, auditOf(c, "source.revoke", id)));
    c.get("services").forgetCached();
    return done ? c.body(null, 204) : refuse(c, "not_found");
  });
