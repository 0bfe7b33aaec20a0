// What an operator has sent to a receiver of webhooks: a message for a test, or what happened once more.

import { createRoute, z } from "@hono/zod-openapi";
import { WebhookReplay, WebhookReplayView, WebhookTestView } from "../../../schema/wire/webhooks.ts";
import type { TestOutcome } from "../../objects/webhook/calls.ts";
import { writeAudit } from "../../store/audit.ts";
import { logEnds } from "../../store/webhook-log.ts";
import { findEndpoint } from "../../store/webhooks.ts";
import { jsonBody, jsonReply, problemReply, refuse, router } from "../openapi.ts";
import { auditOf } from "./audit-of.ts";

const tags = ["Admin"];
const params = z.object({ id: z.string().max(60) });
const NONE = problemReply("No such receiver");
const GONE = "What is asked for is older than the 90 days that changes are kept.";

const test = createRoute({
  method: "post",
  path: "/v1/admin/webhooks/{id}/test",
  tags,
  summary: "Send one message `webhook.test` now and say what became of it",
  request: { params },
  responses: { 200: jsonReply(WebhookTestView, "What the receiver answered"), 404: NONE },
});

const replay = createRoute({
  method: "post",
  path: "/v1/admin/webhooks/{id}/replay",
  tags,
  summary: "Send again what happened since a time or from a seq on, under the same message ids",
  request: { params, body: jsonBody(WebhookReplay) },
  responses: {
    202: jsonReply(WebhookReplayView, "What will be sent again"),
    404: NONE,
    409: problemReply("It is disabled: enable it first"),
    410: problemReply("It is not kept any more"),
  },
});

type TestView = z.infer<typeof WebhookTestView>;

const viewOf = (messageId: string, outcome: Exclude<TestOutcome, { kind: "removed" }>): TestView => {
  switch (outcome.kind) {
    case "taken":
      return { ok: true, messageId, reason: null, status: null };
    case "gone":
      return { ok: false, messageId, reason: "gone", status: 410 };
    case "failed":
      return { ok: false, messageId, reason: outcome.reason, status: outcome.status };
  }
};

export const webhookActs = router()
  .openapi(test, async (c) => {
    const { db, webhooks } = c.get("services");
    const { id } = c.req.valid("param");
    if ((await findEndpoint(db, id)) === null) return refuse(c, "not_found");
    const messageId = `msg_test_${c.get("requestId")}`;
    const outcome = await webhooks.sender(id).sendTest(messageId);
    return outcome.kind === "removed" ? refuse(c, "not_found") : c.json(viewOf(messageId, outcome), 200);
  })
  .openapi(replay, async (c) => {
    const { db, webhooks } = c.get("services");
    const { id } = c.req.valid("param");
    const asked = c.req.valid("json");
    const endpoint = await findEndpoint(db, id);
    if (endpoint === null) return refuse(c, "not_found");
    if (endpoint.disabled !== null)
      return refuse(c, "conflict", { detail: "The receiver is disabled: enable it first." });
    const since = "since" in asked ? Date.parse(asked.since) : null;
    const { head, removedThrough, first } = await logEnds(db, since);
    const from = "from" in asked ? asked.from : first;
    if (from !== null && from <= removedThrough) return refuse(c, "cursor_expired", { detail: GONE });
    const until = Math.min(asked.until ?? head, head);
    if (from === null || from > until) return c.json({ from: null, until: null }, 202);
    await writeAudit(db, auditOf(c, "webhook.replay", id));
    await webhooks.sender(id).replay(from - 1, until);
    return c.json({ from, until }, 202);
  });
