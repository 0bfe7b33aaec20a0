// The refresh token of the brand's Official Account: how it fares, and a new one when the old is lost or refused.

import { createRoute } from "@hono/zod-openapi";
import type { z } from "zod";
import { NewOaToken, OaTokenView } from "../../../schema/wire/admin.ts";
import type { OaTokenStatus } from "../../objects/oa-token.ts";
import { writeAudit } from "../../store/audit.ts";
import { jsonBody, jsonReply, problemReply, refuse, router } from "../openapi.ts";
import { auditOf } from "./audit-of.ts";

const tags = ["Admin"];
const NO_APP = "No Zalo app is configured: set ZALO_APP_ID and ZALO_APP_SECRET first.";

const at = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

const toView = (status: OaTokenStatus): z.infer<typeof OaTokenView> => ({
  health: status.health,
  accessUntil: at(status.accessUntil),
  refreshedAt: at(status.refreshedAt),
  refusal:
    status.refusal === null ? null : { ...status.refusal, at: new Date(status.refusal.at).toISOString() },
  counts: status.counts,
});

const show = createRoute({
  method: "get",
  path: "/v1/admin/zalo/oa-token",
  tags,
  summary: "How the Official Account's token fares",
  responses: {
    200: jsonReply(OaTokenView, "Its state; never the token"),
    409: problemReply("No Zalo app is configured"),
  },
});

const replace = createRoute({
  method: "put",
  path: "/v1/admin/zalo/oa-token",
  tags,
  summary: "Set a new refresh token of the Official Account; it is tried at once",
  request: { body: jsonBody(NewOaToken) },
  responses: {
    200: jsonReply(OaTokenView, "What came of it"),
    409: problemReply("No Zalo app is configured"),
  },
});

export const zaloRoutes = router()
  .openapi(show, async (c) => {
    const status = await c.get("services").oaToken.status();
    return status === null ? refuse(c, "conflict", { detail: NO_APP }) : c.json(toView(status), 200);
  })
  .openapi(replace, async (c) => {
    const { db, oaToken } = c.get("services");
    const status = await oaToken.replace(c.req.valid("json").refreshToken);
    if (status === null) return refuse(c, "conflict", { detail: NO_APP });
    await writeAudit(db, auditOf(c, "zalo.oa_token", status.health));
    return c.json(toView(status), 200);
  });
