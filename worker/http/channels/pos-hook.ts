// The webhook of the `pos` connector as it stands in /openapi.json; worker/http/channels/hooks.ts answers it.

import { z, type OpenAPIHono } from "@hono/zod-openapi";
import { MOST_TOLD, TellCustomer, TellOrder, TellRefund } from "../../../schema/wire/channels.ts";
import type { HttpEnv } from "../context.ts";
import { jsonBody, problemReply } from "../openapi.ts";

const Body = z.object({
  /** With `updatedAt`. */
  customers: z.array(TellCustomer).max(MOST_TOLD).optional(),
  orders: z.array(TellOrder).max(MOST_TOLD).optional(),
  refunds: z.array(TellRefund).max(MOST_TOLD).optional(),
});

export const declarePosHook = (routes: OpenAPIHono<HttpEnv>): void => {
  routes.openAPIRegistry.registerPath({
    method: "post",
    path: "/hooks/pos/{sourceId}",
    tags: ["Channels"],
    summary: "A webhook of any till: customers, orders and refunds",
    description:
      "Signed by Standard Webhooks with the source's secret; at most 1 MiB and 500 of each, and 5 minutes old. What of it cannot be used is counted and logged; the rest is taken. A customer must have `updatedAt`.",
    security: [],
    request: {
      params: z.object({ sourceId: z.string() }),
      headers: z.object({
        "webhook-id": z.string(),
        "webhook-timestamp": z.string(),
        "webhook-signature": z.string(),
      }),
      body: jsonBody(Body),
    },
    responses: {
      200: { description: "Taken durably" },
      401: problemReply("No valid secret explains the signature, or it is too old"),
      404: problemReply("There is no such source, or it is of another connector"),
      413: problemReply("Over 1 MiB"),
      503: problemReply("Nothing is sure to be taken; send the same again"),
    },
  });
};
