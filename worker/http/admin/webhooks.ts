// Receivers of webhooks: add, look after, remove. What is sent again or for a test is webhook-acts.ts.

import { createRoute, z } from "@hono/zod-openapi";
import { listOf } from "../../../schema/wire/admin.ts";
import { NewWebhook, NewWebhookView, WebhookSecretView, WebhookView } from "../../../schema/wire/webhooks.ts";
import { addressTrouble, TROUBLES } from "../../core/webhooks/address.ts";
import { contextOf, firstSecret, OVERLAP_MS, rotatedSecrets } from "../../objects/webhook/secrets.ts";
import { makeSeal } from "../../portal/seal.ts";
import { logEnds } from "../../store/webhook-log.ts";
import {
  type Endpoint,
  findEndpoint,
  insertEndpoint,
  listEndpoints,
  removeEndpoint,
  replaceSecret,
  setDisabled,
} from "../../store/webhooks.ts";
import { newWebhookId, newWebhookSecret } from "../ids.ts";
import { jsonBody, jsonReply, problemReply, refuse, router } from "../openapi.ts";
import { auditOf } from "./audit-of.ts";
import { webhookActs } from "./webhook-acts.ts";
import { webhookView } from "./webhook-view.ts";

const tags = ["Admin"];
const params = z.object({ id: z.string().max(60) });
const NONE = problemReply("No such receiver");

const list = createRoute({
  method: "get",
  path: "/v1/admin/webhooks",
  tags,
  summary: "Receivers of webhooks: state, lag, last error",
  responses: { 200: jsonReply(listOf(WebhookView), "All receivers") },
});

const add = createRoute({
  method: "post",
  path: "/v1/admin/webhooks",
  tags,
  summary: "Add a receiver; it gets what happens from now on. The secret is shown once",
  request: { body: jsonBody(NewWebhook) },
  responses: {
    201: jsonReply(NewWebhookView, "The receiver"),
    400: problemReply("An address that nothing may be sent to"),
  },
});

const remove = createRoute({
  method: "delete",
  path: "/v1/admin/webhooks/{id}",
  tags,
  summary: "Remove a receiver; what waits for it is dropped",
  request: { params },
  responses: { 204: { description: "Removed" }, 404: NONE },
});

const enable = createRoute({
  method: "post",
  path: "/v1/admin/webhooks/{id}/enable",
  tags,
  summary: "Send again to a receiver that was disabled, from where it stopped",
  request: { params },
  responses: { 200: jsonReply(WebhookView, "The receiver"), 404: NONE },
});

const rotate = createRoute({
  method: "post",
  path: "/v1/admin/webhooks/{id}/rotate",
  tags,
  summary: "A new secret, shown once; the old one signs beside it for a day",
  request: { params },
  responses: {
    200: jsonReply(WebhookSecretView, "The new secret"),
    404: NONE,
    409: problemReply("It was rotated at the same moment"),
  },
});

export const webhookRoutes = router()
  .openapi(list, async (c) => {
    const { db, webhooks } = c.get("services");
    const [endpoints, { head }] = await Promise.all([listEndpoints(db), logEnds(db, null)]);
    const views = endpoints.map(async (endpoint) =>
      webhookView(endpoint, await webhooks.sender(endpoint.id).status(), head),
    );
    return c.json({ data: await Promise.all(views), next: null }, 200);
  })
  .openapi(add, async (c) => {
    const services = c.get("services");
    const { db, webhooks, settings } = services;
    const { url, types } = c.req.valid("json");
    const trouble = addressTrouble(new URL(url), settings.QUEN_MODE);
    if (trouble !== null)
      return refuse(c, "invalid_body", { errors: [{ path: "url", message: TROUBLES[trouble] }] });
    const [id, secret] = [newWebhookId(), newWebhookSecret()];
    const sealed = await makeSeal(settings.SEAL_KEYS).seal(firstSecret(secret), contextOf(id));
    const { head } = await logEnds(db, null);
    const createdAt = c.get("clock").now;
    const endpoint: Endpoint = { id, url, types, secret: sealed, createdAt, disabled: null };
    // First: what happens between the two is sent. A sender without a receiver ends by itself.
    await webhooks.sender(id).begin(id, head);
    await insertEndpoint(db, endpoint, auditOf(c, "webhook.add", id));
    services.forgetCached();
    return c.json({ ...webhookView(endpoint, null, head), secret }, 201);
  })
  .openapi(remove, async (c) => {
    const services = c.get("services");
    const { db, webhooks } = services;
    const { id } = c.req.valid("param");
    if (!(await removeEndpoint(db, id, auditOf(c, "webhook.remove", id)))) return refuse(c, "not_found");
    services.forgetCached();
    await webhooks.sender(id).end();
    return c.body(null, 204);
  })
  .openapi(enable, async (c) => {
    const services = c.get("services");
    const { db, webhooks } = services;
    const { id } = c.req.valid("param");
    const endpoint = await findEndpoint(db, id);
    if (endpoint === null) return refuse(c, "not_found");
    await setDisabled(db, id, null, auditOf(c, "webhook.enable", id));
    services.forgetCached();
    await webhooks.sender(id).resume(c.get("clock"));
    const [{ head }, status] = await Promise.all([logEnds(db, null), webhooks.sender(id).status()]);
    return c.json(webhookView({ ...endpoint, disabled: null }, status, head), 200);
  })
  .openapi(rotate, async (c) => {
    const { db, settings } = c.get("services");
    const { id } = c.req.valid("param");
    const endpoint = await findEndpoint(db, id);
    if (endpoint === null) return refuse(c, "not_found");
    const seal = makeSeal(settings.SEAL_KEYS);
    const secret = newWebhookSecret();
    // By the real clock, as signatures are.
    const now = Date.now();
    const kept = await seal.open(endpoint.secret, contextOf(id));
    const sealed = await seal.seal(rotatedSecrets(kept, secret, now), contextOf(id));
    const done = await replaceSecret(db, endpoint, sealed, auditOf(c, "webhook.rotate", id));
    if (!done) return refuse(c, "conflict");
    return c.json({ id, secret, oldUntil: new Date(now + OVERLAP_MS).toISOString() }, 200);
  })
  .route("/", webhookActs);
