// Evidence that is wrong, and values that say nothing about anyone: both are taken out of what identity is decided from.

import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { parseIdentifier } from "../../../../schema/identifiers.ts";
import { BlockedView, Blocking, REALMS, Retraction } from "../../../../schema/wire/identity.ts";
import { evidenceNamed } from "../../../identity/evidence-name.ts";
import { identifierKeys } from "../../../identity/identifier-keys.ts";
import { setBlocked } from "../../../store/blocked-values.ts";
import { retractEvidence } from "../../../store/retract-evidence.ts";
import type { HttpEnv } from "../../context.ts";
import { jsonBody, jsonReply, problemReply, refuse, router } from "../../openapi.ts";
import { auditOf } from "../audit-of.ts";
import { markOf } from "./mark.ts";
import { settleNow } from "./settle.ts";

const tags = ["Admin"];

const retract = createRoute({
  method: "post",
  path: "/v1/admin/identity/evidence/{id}/retract",
  tags,
  summary: "Take back a piece of evidence: it counts as never told, however often it is told again",
  request: {
    params: z.object({ id: z.string().max(600) }),
    body: jsonBody(Retraction),
  },
  responses: {
    204: { description: "Retracted" },
    404: problemReply("No such evidence, or retracted already"),
  },
});

const wordReplies = {
  200: jsonReply(BlockedView, "How many identifiers have the value"),
  400: problemReply("The value is not one of its kind"),
  409: problemReply("It is so already"),
};

const block = createRoute({
  method: "post",
  path: "/v1/admin/identity/blocked",
  tags,
  summary: "A value that says nothing about anyone: it joins nobody from now on, whoever tells it",
  request: { body: jsonBody(Blocking) },
  responses: wordReplies,
});

const open = createRoute({
  method: "delete",
  path: "/v1/admin/identity/blocked",
  tags,
  summary: "The value says something after all",
  request: { body: jsonBody(Blocking) },
  responses: wordReplies,
});

const say = async (c: Context<HttpEnv>, word: Blocking, to: "blocked" | "open") => {
  const { db, settings } = c.get("services");
  const identifier = parseIdentifier(word);
  if (identifier === null)
    return refuse(c, "invalid_body", { errors: [{ path: "value", message: `is not a ${word.kind}` }] });
  const keyOf = identifierKeys(settings.IDENTIFIER_KEYS);
  const keys = await Promise.all(REALMS.map((realm) => keyOf(realm, identifier)));
  const target = `${markOf(keys.join(" "))}: ${word.reason}`;
  const audit = auditOf(c, to === "blocked" ? "identity.block" : "identity.unblock", target);
  const identifiers = await setBlocked(db, { keys, reason: word.reason }, to, audit);
  if (identifiers === null) {
    const detail = to === "blocked" ? "This value is blocked already." : "This value is not blocked.";
    return refuse(c, "conflict", { detail });
  }
  await settleNow(c);
  return c.json({ blocked: to === "blocked", identifiers }, 200);
};

export const correctionRoutes = router()
  .openapi(retract, async (c) => {
    const { db, settings } = c.get("services");
    const id = await evidenceNamed(settings.SEAL_KEYS, c.req.valid("param").id);
    if (id === null) return refuse(c, "not_found", { detail: "No such evidence counts." });
    const target = `${markOf(id)}: ${c.req.valid("json").reason}`;
    const done = await retractEvidence(db, id, auditOf(c, "identity.retract", target));
    if (!done) return refuse(c, "not_found", { detail: "No such evidence counts." });
    await settleNow(c);
    return c.body(null, 204);
  })
  .openapi(block, async (c) => say(c, c.req.valid("json"), "blocked"))
  .openapi(open, async (c) => say(c, c.req.valid("json"), "open"));
