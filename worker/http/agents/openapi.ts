// The agent's endpoints as they stand in /openapi.json. Their handlers read the raw body themselves (gzip, limits).

import type { OpenAPIHono } from "@hono/zod-openapi";
import {
  EnrolReply,
  EnrolRequest,
  Grant,
  GrantResult,
  Health,
  Observation,
  PresenceReply,
} from "../../../schema/wire/agents.ts";
import { z } from "@hono/zod-openapi";
import type { HttpEnv } from "../context.ts";
import { jsonBody, jsonReply, problemReply } from "../openapi.ts";

const Batch = z.object({
  boot: z.uuid(),
  seq: z.number().int(),
  sentAt: z.number().int(),
  observations: z.array(Observation),
  grantResults: z.array(GrantResult),
  health: Health,
});

export const declareAgentRoutes = (routes: OpenAPIHono<HttpEnv>): void => {
  const registry = routes.openAPIRegistry;
  registry.register("Grant", Grant);
  registry.registerPath({
    method: "post",
    path: "/v1/agents/enrol",
    tags: ["Agent"],
    summary: "Enrol a router's agent with a one-time code",
    security: [],
    request: { body: jsonBody(EnrolRequest) },
    responses: {
      201: jsonReply(EnrolReply, "The agent, its branch and its device keys"),
      400: problemReply("A field is not valid"),
      410: problemReply("The code is unknown, used or expired"),
    },
  });
  registry.registerPath({
    method: "post",
    path: "/v1/presence",
    tags: ["Agent"],
    summary: "Report what devices were present; an empty batch is the heartbeat",
    description:
      "Bearer token: EdDSA JWT with iss (agent id), aud `quen`, iat, exp at most 5 min later, jti used once. Each observation is judged apart; a batch is immutable per (boot, seq) and may be repeated.",
    request: { body: jsonBody(Batch) },
    responses: {
      200: jsonReply(PresenceReply, "Stored durably; the verdicts"),
      400: problemReply("The envelope is not valid"),
      401: problemReply("Refused, or `clock_skew` with the Date header to correct by"),
      403: problemReply("The branch is gone"),
      413: problemReply("Over 2,000 observations or 512 KB"),
      503: problemReply("Nothing was stored; try again after Retry-After"),
    },
  });
  registry.registerPath({
    method: "get",
    path: "/v1/agents/stream",
    tags: ["Agent"],
    summary: "A WebSocket on which grants arrive at once",
    description:
      'Bearer token as for `/v1/presence`, used for one stream. Frames are JSON text: `{"type":"grants","grants":[Grant]}` to the agent, `{"type":"results","results":[GrantResult]}` from it. The text `ping` is answered `pong`. A newer stream of an agent closes the older one.',
    responses: {
      101: { description: "The stream" },
      401: problemReply("Refused, or `clock_skew` with the Date header to correct by"),
      403: problemReply("The branch is gone"),
      426: problemReply("Not a WebSocket upgrade"),
    },
  });
};
