// API keys and the operator's one-time sign-in link. A secret is shown once, when it is made.

import { createRoute, z } from "@hono/zod-openapi";
import { parseApiKeyId } from "../../../schema/ids.ts";
import { KeyView, listOf, NewKey, NewKeyView, NewSignIn, SignInView } from "../../../schema/wire/admin.ts";
import { type ApiKey, insertKey, insertSignInLink, listKeys, revokeKey } from "../../store/access.ts";
import { findSource } from "../../store/sources.ts";
import { sha256 } from "../digest.ts";
import { newApiKeyId, newSecret } from "../ids.ts";
import { jsonBody, jsonReply, problemReply, refuse, router } from "../openapi.ts";
import { publicUrl } from "../public-url.ts";
import { auditOf } from "./audit-of.ts";

const LINK_LIFE_MS = 15 * 60_000;
const tags = ["Admin"];

const toView = (key: ApiKey): z.infer<typeof KeyView> => ({
  id: key.id,
  name: key.name,
  scopes: key.scopes,
  createdAt: new Date(key.createdAt).toISOString(),
  revokedAt: key.revokedAt === null ? null : new Date(key.revokedAt).toISOString(),
  source: key.source,
  browser: key.browser,
});

const list = createRoute({
  method: "get",
  path: "/v1/admin/keys",
  tags,
  summary: "API keys, without their secrets",
  responses: { 200: jsonReply(listOf(KeyView), "All keys") },
});

const create = createRoute({
  method: "post",
  path: "/v1/admin/keys",
  tags,
  summary: "Make an API key; the secret is shown once",
  request: { body: jsonBody(NewKey) },
  responses: { 201: jsonReply(NewKeyView, "The key") },
});

const revoke = createRoute({
  method: "delete",
  path: "/v1/admin/keys/{id}",
  tags,
  summary: "Revoke an API key",
  request: { params: z.object({ id: z.string() }) },
  responses: { 204: { description: "Revoked" }, 404: problemReply("No such key, or revoked already") },
});

const signIn = createRoute({
  method: "post",
  path: "/v1/admin/sign-in",
  tags,
  summary: "Make a one-time link to the dashboard; it lives 15 min",
  request: { body: { content: { "application/json": { schema: NewSignIn } }, required: false } },
  responses: { 201: jsonReply(SignInView, "The link") },
});

export const accessRoutes = router()
  .openapi(list, async (c) =>
    c.json({ data: (await listKeys(c.get("services").db)).map(toView), next: null }, 200),
  )
  .openapi(create, async (c) => {
    const { db } = c.get("services");
    const { name, scopes, source: told, browser } = c.req.valid("json");
    const source = told === undefined ? null : await findSource(db, told);
    if (told !== undefined && source === null)
      return refuse(c, "invalid_body", {
        errors: [{ path: "source", message: "is no source, or one that was revoked" }],
      });
    const secret = newSecret("qk");
    const key: ApiKey = {
      id: newApiKeyId(),
      name,
      scopes,
      createdAt: c.get("clock").now,
      revokedAt: null,
      source: source?.id ?? null,
      browser,
    };
    await insertKey(db, key, sha256(secret), auditOf(c, "key.create", key.id));
    return c.json({ ...toView(key), key: secret }, 201);
  })
  .openapi(revoke, async (c) => {
    const services = c.get("services");
    const id = parseApiKeyId(c.req.valid("param").id);
    const done = id !== null && (await revokeKey(services.db, id, auditOf(c, "key.revoke", id)));
    services.forgetCached();
    return done ? c.body(null, 204) : refuse(c, "not_found");
  })
  .openapi(signIn, async (c) => {
    const { db } = c.get("services");
    // A call without a body opens marketing's numbers and nothing else.
    const { also } = c.req.header("content-type") === undefined ? { also: [] } : c.req.valid("json");
    const secret = newSecret("link");
    // Links open a real session, so they follow the real clock even in local mode.
    const expiresAt = Date.now() + LINK_LIFE_MS;
    const target = ["dashboard", ...also].join(" ");
    await insertSignInLink(db, { hash: sha256(secret), expiresAt, also }, auditOf(c, "sign-in.link", target));
    const url = `${publicUrl(c)}/dashboard/sign-in?token=${secret}`;
    return c.json({ url, expiresAt: new Date(expiresAt).toISOString() }, 201);
  });
