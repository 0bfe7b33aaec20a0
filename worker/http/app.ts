// The Worker's HTTP surface: what every request passes through, and the routes. Built once an isolate.

import { describeError } from "../describe-error.ts";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { NOW_HEADER, clockOf } from "../clock.ts";
import type { Services } from "../services.ts";
import { accessRoutes } from "./admin/access.ts";
import { agentRoutes } from "./admin/agents.ts";
import { branchRoutes } from "./admin/branches.ts";
import { gatewayRoutes } from "./admin/gateways.ts";
import { operationRoutes } from "./admin/operations.ts";
import { staffCodeRoutes } from "./admin/staff-codes.ts";
import { identityRoutes } from "./admin/identity.ts";
import { sourceSettingRoutes } from "./admin/source-settings.ts";
import { sourceRoutes } from "./admin/sources.ts";
import { webhookRoutes } from "./admin/webhooks.ts";
import { zaloRoutes } from "./admin/zalo.ts";
import { allowedMethods } from "./allowed-methods.ts";
import { postEnrol } from "./agents/enrol.ts";
import { postPresence } from "./agents/presence.ts";
import { getStream } from "./agents/stream.ts";
import { declareAgentRoutes } from "./agents/openapi.ts";
import { changeRoutes } from "./crm/changes.ts";
import { explainRoutes } from "./crm/explain.ts";
import { lookupRoutes } from "./crm/lookup.ts";
import { profileRoutes } from "./crm/profiles.ts";
import { customerRoutes } from "./channels/customers.ts";
import { hookRoutes } from "./channels/hooks.ts";
import { miniAppRoutes } from "./channels/mini-app.ts";
import { orderRoutes } from "./channels/orders.ts";
import { declareHookRoutes } from "./channels/hooks-openapi.ts";
import { sdkRoutes } from "./channels/sdk.ts";
import { findCaller } from "./caller.ts";
import type { HttpEnv } from "./context.ts";
import { gatewayAsks } from "./gateway/routes.ts";
import { isUnavailable } from "./is-unavailable.ts";
import { limitKeys } from "./limit-keys.ts";
import { journeyRoutes } from "./marketing/journeys.ts";
import { marketingRoutes } from "./marketing/routes.ts";
import { problemReply, router } from "./openapi.ts";
import { mountPages } from "./pages.ts";
import { askAgainRoutes } from "./privacy/ask-again.ts";
import { breachRoutes } from "./privacy/breach.ts";
import { consentRoutes } from "./privacy/consents.ts";
import { erasureRoutes } from "./privacy/erasure.ts";
import { erasuresRoutes } from "./privacy/erasures.ts";
import { requestRoutes } from "./privacy/requests.ts";
import { problem } from "./problem.ts";
import { requireScope } from "./require-scope.ts";
import { safeHeaders } from "./safe-headers.ts";

const API = {
  openapi: "3.1.0",
  info: {
    title: "Quen",
    version: "0.1.0",
    description:
      "Presence, visit frequency and consent of one brand. Times are RFC 3339 with offset; the agent's wire uses epoch milliseconds. Errors are RFC 9457 problems. Requests of an API key are limited by scope: replies carry RateLimit-Policy and RateLimit, over the limit is 429 with Retry-After.",
  },
  security: [{ bearer: [] }],
};

/** Of routes that read JSON at once; agents and orders have limits of their own, over what gzip unpacks to as well. */
const MOST_BODY_BYTES = 1_000_000;
const limitBody = bodyLimit({
  maxSize: MOST_BODY_BYTES,
  onError: (c: Context<HttpEnv>) => problem(c, "too_large", { limits: { bytes: MOST_BODY_BYTES } }),
});

/** What any route may answer besides what it declares, so that a client made from the description reads it. */
const ANY_REFUSAL = problemReply("Any other refusal, such as 401, 403, 413, 429 and 503, as a problem");

const api = () => {
  const routes = router();
  routes.openAPIRegistry.registerComponent("securitySchemes", "bearer", { type: "http", scheme: "bearer" });
  // Before the rest: SDKs say who they are in other ways, and in the body.
  routes.route("/", sdkRoutes);
  routes.route("/", hookRoutes);
  routes.use("/v1/*", findCaller, limitKeys);
  routes.use("/v1/admin/*", requireScope("admin"));
  routes.use("/v1/*", limitBody);
  declareAgentRoutes(routes);
  declareHookRoutes(routes);
  routes.route("/", branchRoutes);
  routes.route("/", gatewayRoutes);
  routes.route("/", agentRoutes);
  routes.route("/", accessRoutes);
  routes.route("/", operationRoutes);
  routes.route("/", zaloRoutes);
  routes.route("/", staffCodeRoutes);
  routes.route("/", identityRoutes);
  routes.route("/", sourceRoutes);
  routes.route("/", sourceSettingRoutes);
  routes.route("/", webhookRoutes);
  routes.route("/", askAgainRoutes);
  routes.route("/", consentRoutes);
  routes.route("/", requestRoutes);
  routes.route("/", erasureRoutes);
  routes.route("/", erasuresRoutes);
  routes.route("/", breachRoutes);
  // Before the profiles: `changes` and `lookup` are no ids.
  routes.route("/", changeRoutes);
  routes.route("/", lookupRoutes);
  routes.route("/", profileRoutes);
  routes.route("/", explainRoutes);
  routes.route("/", orderRoutes);
  routes.route("/", customerRoutes);
  routes.route("/", miniAppRoutes);
  routes.route("/", journeyRoutes);
  routes.route("/", marketingRoutes);
  routes.use("/openapi.json", async (c, next) => {
    await next();
    c.header("Cache-Control", "public, max-age=300");
  });
  for (const definition of routes.openAPIRegistry.definitions)
    if (definition.type === "route")
      definition.route.responses = { ...definition.route.responses, default: ANY_REFUSAL };
  routes.doc31("/openapi.json", API);
  return routes;
};

/** `now` is the Worker's clock; in local mode the request may supply its own. */
export const makeApp = (services: Services, now: () => number, newRequestId: () => string): Hono<HttpEnv> => {
  const app = new Hono<HttpEnv>();
  app.use(async (c, next) => {
    const clock = clockOf(c.req.raw, services.settings.QUEN_MODE, now());
    c.set("requestId", newRequestId());
    c.set("services", services);
    c.set("clock", clock);
    c.set("caller", null);
    await next();
    // A WebSocket upgrade's headers cannot be changed.
    if (c.res.status === 101) return;
    c.header("X-Request-Id", c.get("requestId"));
    // The agent corrects its signing clock from it; it says the time that judged the request.
    c.header("Date", new Date(clock.now).toUTCString());
    if (services.settings.QUEN_MODE === "local") c.header(NOW_HEADER, String(clock.now));
  });
  app.use(safeHeaders);
  app.onError((error, c) => {
    // Hono's own word on a body: not JSON, or not said to be.
    if (error instanceof HTTPException) {
      return problem(c, error.status === 415 ? "unsupported_media" : "invalid_body", {
        detail: error.message,
      });
    }
    console.error("A request failed", { requestId: c.get("requestId"), error: describeError(error) });
    return problem(c, isUnavailable(error) ? "unavailable" : "internal");
  });
  app.notFound((c) => {
    const allowed = allowedMethods(app, c.req.path);
    if (allowed.length === 0 || allowed.includes(c.req.method)) return problem(c, "not_found");
    const reply = problem(c, "method_not_allowed");
    reply.headers.set("allow", allowed.join(", "));
    return reply;
  });
  app.post("/v1/agents/enrol", postEnrol);
  app.post("/v1/presence", postPresence);
  app.get("/v1/agents/stream", getStream);
  app.route("/", api());
  app.route("/", gatewayAsks);
  mountPages(app, services);
  return app;
};
