// What an operator says of a source after it was declared: its configuration, and the secrets it signs with. A secret is
// shown only where it was made here, and only once.

import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { parseSourceId, type SourceId } from "../../../schema/ids.ts";
import { SourceConfig } from "../../../schema/sources.ts";
import { listOf } from "../../../schema/wire/admin.ts";
import { SourceView } from "../../../schema/wire/channels.ts";
import { EndSecret, NewSecret, NewSecretView, SecretView } from "../../../schema/wire/source-settings.ts";
import { connectors } from "../../connectors/all.ts";
import { makeSeal } from "../../portal/seal.ts";
import {
  endSecret,
  insertSecret,
  listSecrets,
  secretContext,
  type SourceSecret,
  validSecrets,
} from "../../store/source-secrets.ts";
import { findSource, type Source, updateSourceConfig } from "../../store/sources.ts";
import type { HttpEnv } from "../context.ts";
import { newSourceSecretId, newWebhookSecret } from "../ids.ts";
import { jsonBody, jsonReply, problemReply, refuse, router } from "../openapi.ts";
import { auditOf } from "./audit-of.ts";
import { checkConfig } from "./check-source.ts";
import { sourceView } from "./source-view.ts";

const tags = ["Admin"];
const params = z.object({ id: z.string().max(60) });
const NONE = problemReply("No such source, or it was revoked");

const config = createRoute({
  method: "put",
  path: "/v1/admin/sources/{id}/config",
  tags,
  summary:
    "All that a source's connector and its account need to be known by; what is left out is taken away",
  request: { params, body: jsonBody(SourceConfig) },
  responses: {
    200: jsonReply(SourceView, "The source"),
    400: problemReply("A setting is missing or wrong; each is named"),
    404: NONE,
  },
});

const list = createRoute({
  method: "get",
  path: "/v1/admin/sources/{id}/secrets",
  tags,
  summary: "The secrets of a source, without the secrets themselves",
  request: { params },
  responses: { 200: jsonReply(listOf(SecretView), "All of them"), 404: NONE },
});

const add = createRoute({
  method: "post",
  path: "/v1/admin/sources/{id}/secrets",
  tags,
  summary: "A secret beside the one that is valid, so that it can be changed without losing a webhook",
  request: { params, body: jsonBody(NewSecret) },
  responses: {
    201: jsonReply(NewSecretView, "The secret; with its text only where it was made here"),
    400: problemReply("It is missing, or of no use for this connector"),
    404: NONE,
    409: problemReply("Two of this purpose are valid already; end one first"),
  },
});

const end = createRoute({
  method: "delete",
  path: "/v1/admin/sources/{id}/secrets/{secretId}",
  tags,
  summary: "End a secret now, or at a time",
  request: { params: params.extend({ secretId: z.string().max(60) }), query: EndSecret },
  responses: { 204: { description: "Ended" }, 404: problemReply("No such secret, or it has ended") },
});

const findOf = async (c: Context<HttpEnv>, text: string): Promise<Source | null> => {
  const id = parseSourceId(text);
  return id === null ? null : findSource(c.get("services").db, id);
};

const viewOf = (secret: SourceSecret, now: number): z.infer<typeof SecretView> => ({
  id: secret.id,
  purpose: secret.purpose,
  createdAt: new Date(secret.createdAt).toISOString(),
  endsAt: secret.endsAt === null ? null : new Date(secret.endsAt).toISOString(),
  valid: secret.endsAt === null || secret.endsAt > now,
});

type Chosen =
  | { readonly ok: true; readonly secret: string }
  | { readonly ok: false; readonly message: string };

/** What the new secret is, or why there can be none. */
const chosen = (source: Source, { purpose, secret }: z.infer<typeof NewSecret>): Chosen => {
  const connector = connectors.find(({ id }) => id === source.config.connector);
  if (connector === undefined) return { ok: false, message: "has no use: the source has no connector" };
  if (!connector.secrets.includes(purpose))
    return {
      ok: false,
      message: `${connector.id} has secrets for ${connector.secrets.join(", ") || "nothing"}`,
    };
  const signing = purpose === "signing";
  if (secret === undefined)
    return signing && connector.secretFrom === "us"
      ? { ok: true, secret: newWebhookSecret() }
      : { ok: false, message: `is needed: ${connector.id} shows it to you` };
  if (signing && connector.secretPattern?.test(secret) === false)
    return { ok: false, message: `is no secret of ${connector.id}; leave it out and one is made` };
  return { ok: true, secret };
};

export const sourceSettingRoutes = router()
  .openapi(config, async (c) => {
    const services = c.get("services");
    const source = await findOf(c, c.req.valid("param").id);
    if (source === null) return refuse(c, "not_found");
    const body = c.req.valid("json");
    const errors = await checkConfig(services.db, source.id, body);
    if (errors.length > 0) return refuse(c, "invalid_body", { errors: [...errors] });
    const audit = auditOf(c, "source.config", source.id);
    if (!(await updateSourceConfig(services.db, source.id, body, audit))) return refuse(c, "not_found");
    services.forgetCached();
    const held = await validSecrets(services.db, source.id, c.get("clock").now);
    return c.json(sourceView({ ...source, config: body }, new Set(held.map(({ purpose }) => purpose))), 200);
  })
  .openapi(list, async (c) => {
    const source = await findOf(c, c.req.valid("param").id);
    if (source === null) return refuse(c, "not_found");
    const secrets = await listSecrets(c.get("services").db, source.id);
    return c.json({ data: secrets.map((one) => viewOf(one, c.get("clock").now)), next: null }, 200);
  })
  .openapi(add, async (c) => {
    const { db, settings } = c.get("services");
    const source = await findOf(c, c.req.valid("param").id);
    if (source === null) return refuse(c, "not_found");
    const body = c.req.valid("json");
    const choice = chosen(source, body);
    if (!choice.ok)
      return refuse(c, "invalid_body", { errors: [{ path: "secret", message: choice.message }] });
    const id = newSourceSecretId();
    const secret: SourceSecret = {
      id,
      source: source.id,
      purpose: body.purpose,
      sealed: await makeSeal(settings.SEAL_KEYS).seal(choice.secret, secretContext(id)),
      createdAt: c.get("clock").now,
      endsAt: null,
    };
    const made = await insertSecret(db, secret, auditOf(c, "source.secret.add", `${source.id} ${id}`));
    if (!made)
      return refuse(c, "conflict", { detail: `Two secrets for ${body.purpose} are valid; end one first.` });
    const view = viewOf(secret, secret.createdAt);
    return c.json(body.secret === undefined ? { ...view, secret: choice.secret } : view, 201);
  })
  .openapi(end, async (c) => {
    const { id, secretId } = c.req.valid("param");
    const { endsAt } = c.req.valid("query");
    const source = parseSourceId(id) ?? ("" as SourceId);
    const { now } = c.get("clock");
    // Never longer than it was said before, and never in the past: what was taken by it was right.
    const at = endsAt === undefined ? now : Math.max(now, Date.parse(endsAt));
    const audit = auditOf(c, "source.secret.end", `${source} ${secretId}`);
    const done = await endSecret(c.get("services").db, source, secretId, at, audit);
    return done ? c.body(null, 204) : refuse(c, "not_found");
  });
