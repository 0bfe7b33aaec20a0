// Versions of the rules of identity: told, previewed step by step, put in force.

import { createRoute, z } from "@hono/zod-openapi";
import { parseSubjectKey } from "../../../../schema/ids.ts";
import { listOf } from "../../../../schema/wire/admin.ts";
import {
  ActivationView,
  PreviewAsk,
  PreviewView,
  RulesBody,
  RulesView,
} from "../../../../schema/wire/identity.ts";
import type { Rules } from "../../../core/identity/rules.ts";
import { previewStep } from "../../../identity/preview-step.ts";
import { profileIds } from "../../../identity/profile-ids.ts";
import {
  activateRules,
  findRules,
  insertRules,
  listRules,
  type RulesVersion,
  rulesInForce,
} from "../../../store/identity-rules.ts";
import { jsonBody, jsonReply, problemReply, refuse, router } from "../../openapi.ts";
import { auditOf } from "../audit-of.ts";
import { settleNow } from "./settle.ts";

const tags = ["Admin"];
const named = { params: z.object({ version: z.string().max(60) }) };
const NONE = "There are no rules of this version.";
const noSuch = problemReply("There are no rules of this version");

const list = createRoute({
  method: "get",
  path: "/v1/admin/identity/rules",
  tags,
  summary: "Rules of identity: the version in force and every other",
  responses: { 200: jsonReply(listOf(RulesView), "Oldest first") },
});

const add = createRoute({
  method: "post",
  path: "/v1/admin/identity/rules",
  tags,
  summary: "Tell a new version of the rules; nothing changes until it is activated",
  request: { body: jsonBody(RulesBody) },
  responses: {
    201: jsonReply(z.object({ version: z.string() }), "Kept"),
    409: problemReply("There are rules of this version: a change needs another name"),
  },
});

const preview = createRoute({
  method: "post",
  path: "/v1/admin/identity/rules/{version}/preview",
  tags,
  summary: "What these rules would merge and split: one step; ask on with `next` until it is null and add up",
  request: { ...named, body: jsonBody(PreviewAsk) },
  responses: { 200: jsonReply(PreviewView, "One step"), 404: noSuch },
});

const activate = createRoute({
  method: "post",
  path: "/v1/admin/identity/rules/{version}/activate",
  tags,
  summary: "Decide by these rules from now on, and about everybody again",
  request: named,
  responses: {
    202: jsonReply(ActivationView, "In force; what was decided before is decided again step by step"),
    404: noSuch,
    409: problemReply("These rules are in force"),
  },
});

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const bodyOf = (rules: Rules): RulesBody => ({
  ...rules,
  kinds: rules.kinds.map(([kind, of]) => [kind, of]),
});

const toView = ({ rules, actor, createdAt, activatedAt }: RulesVersion, inForce: Rules): RulesView => ({
  version: rules.version,
  inForce: rules.version === inForce.version,
  actor,
  createdAt: iso(createdAt),
  activatedAt: iso(activatedAt),
  rules: bodyOf(rules),
});

export const ruleRoutes = router()
  .openapi(list, async (c) => {
    const { db } = c.get("services");
    const [versions, inForce] = await Promise.all([listRules(db), rulesInForce(db)]);
    return c.json({ data: versions.map((version) => toView(version, inForce)), next: null }, 200);
  })
  .openapi(add, async (c) => {
    const rules: Rules = c.req.valid("json");
    const audit = auditOf(c, "identity.rules", rules.version);
    const added = await insertRules(c.get("services").db, rules, audit);
    if (!added) return refuse(c, "conflict", { detail: `There are rules called ${rules.version} already.` });
    return c.json({ version: rules.version }, 201);
  })
  .openapi(preview, async (c) => {
    const { db, settings } = c.get("services");
    const [before, after] = await Promise.all([
      rulesInForce(db),
      findRules(db, c.req.valid("param").version),
    ]);
    if (after === null) return refuse(c, "not_found", { detail: NONE });
    const { cursor } = c.req.valid("json");
    const from = cursor === null ? null : parseSubjectKey(cursor);
    if (cursor !== null && from === null)
      return refuse(c, "invalid_body", { errors: [{ path: "cursor", message: "is none of ours" }] });
    const idOf = profileIds(settings.IDENTIFIER_KEYS);
    return c.json(await previewStep(db, { before, after, from, idOf }), 200);
  })
  .openapi(activate, async (c) => {
    const { db } = c.get("services");
    const rules = await findRules(db, c.req.valid("param").version);
    if (rules === null) return refuse(c, "not_found", { detail: NONE });
    const done = await activateRules(db, rules, auditOf(c, "identity.activate", rules.version));
    if (!done) return refuse(c, "conflict", { detail: "These rules are in force." });
    // The lane meets other rules than before, and decides everybody again.
    await settleNow(c);
    return c.json({ version: rules.version }, 202);
  });
