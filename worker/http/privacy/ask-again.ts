// Asking again for a purpose whose text has changed in substance: what was granted to other words ends, step by step.

import { createRoute } from "@hono/zod-openapi";
import { WORDING_VERSION } from "../../../captive-portal/wording.ts";
import { AskAgainBody, AskAgainStep } from "../../../schema/wire/privacy.ts";
import { askAgainStep } from "../../store/ask-again.ts";
import { auditOf } from "../admin/audit-of.ts";
import { jsonBody, jsonReply, router } from "../openapi.ts";
import { requireScope } from "../require-scope.ts";

const askAgain = createRoute({
  method: "post",
  path: "/v1/consents/ask-again",
  tags: ["Privacy"],
  summary: "End the grants to texts that are no longer in force; call again with `next` until it is null",
  middleware: [requireScope("privacy")] as const,
  request: { body: jsonBody(AskAgainBody) },
  responses: { 200: jsonReply(AskAgainStep, "How many grants ended, and where to go on") },
});

export const askAgainRoutes = router();
askAgainRoutes.openapi(askAgain, async (c) => {
  const { purpose, reason, which, from } = c.req.valid("json");
  const { db, identity } = c.get("services");
  const clock = c.get("clock");
  const ask = { purpose, keepVersion: which === "all" ? null : WORDING_VERSION, at: clock.now };
  const entry = auditOf(c, "consent.ask-again", `${purpose}: ${reason}`);
  const step = await askAgainStep(db, ask, from, entry);
  if (purpose === "profile_linking" && step.asked > 0) await identity.settle(clock);
  return c.json(step, 200);
});
