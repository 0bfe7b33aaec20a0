// The webhooks' addresses in the API's description; worker/http/channels/hooks.ts answers them. What a platform sends is
// the platform's own, so only the body of `pos` has a schema.

import { z, type OpenAPIHono } from "@hono/zod-openapi";
import { MOST_TOLD, TellCustomer, TellOrder, TellRefund } from "../../../schema/wire/channels.ts";
import { connectors } from "../../connectors/all.ts";
import type { HttpEnv } from "../context.ts";
import { jsonBody, problemReply } from "../openapi.ts";

const PosBody = z.object({
  /** With `updatedAt`. */
  customers: z.array(TellCustomer).max(MOST_TOLD).optional(),
  orders: z.array(TellOrder).max(MOST_TOLD).optional(),
  refunds: z.array(TellRefund).max(MOST_TOLD).optional(),
});

const PLATFORM = "/hooks/{connector}/{sourceId}";
const platforms = connectors.filter(({ id }) => id !== "pos");
const shakers = platforms.filter((one) => "handshake" in one);

const paramsOf = (some: typeof connectors) =>
  z.object({ connector: z.enum(some.map(({ id }) => id)), sourceId: z.string() });

const common = { tags: ["Channels"], security: [] };

const responses = {
  401: problemReply("No valid secret explains the signature, or it is too old"),
  404: problemReply("There is no such source, or it is of another connector"),
  413: problemReply("Over 1 MiB"),
  503: problemReply("Nothing is sure to be taken; send the same again"),
};

export const declareHookRoutes = ({ openAPIRegistry }: OpenAPIHono<HttpEnv>): void => {
  openAPIRegistry.registerPath({
    ...common,
    method: "post",
    path: "/hooks/pos/{sourceId}",
    summary: "A webhook of any till: customers, orders and refunds",
    description:
      "Signed by Standard Webhooks with the source's secret; at most 1 MiB and 500 of each, and 5 minutes old. What of it cannot be used is counted and logged; the rest is taken. A customer must have `updatedAt`.",
    request: {
      params: z.object({ sourceId: z.string() }),
      headers: z.object({
        "webhook-id": z.string(),
        "webhook-timestamp": z.string(),
        "webhook-signature": z.string(),
      }),
      body: jsonBody(PosBody),
    },
    responses: { 200: { description: "Taken durably" }, ...responses },
  });
  openAPIRegistry.registerPath({
    ...common,
    method: "post",
    path: PLATFORM,
    summary: "A webhook of a platform",
    description:
      "In the platform's own words and with its own signature, over the raw body; at most 1 MiB. What of it cannot be used is counted and logged; the rest is taken.",
    request: { params: paramsOf(platforms), body: jsonBody(z.unknown()) },
    responses: {
      200: { description: "Taken durably, in the words that the platform expects" },
      ...responses,
    },
  });
  openAPIRegistry.registerPath({
    ...common,
    method: "get",
    path: PLATFORM,
    summary: "A platform asks whose address it is",
    description: "By the source's `verify` secret.",
    request: {
      params: paramsOf(shakers),
      query: z.object({
        "hub.mode": z.string().optional(),
        "hub.verify_token": z.string(),
        "hub.challenge": z.string(),
      }),
    },
    responses: {
      200: { description: "The challenge", content: { "text/plain": { schema: z.string() } } },
      403: problemReply("Not the source's verify token"),
      404: responses[404],
    },
  });
};
