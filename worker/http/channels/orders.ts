// `POST /v1/orders`: orders as tills and shops tell them.

import { z } from "@hono/zod-openapi";
import { MOST_TOLD, OrdersAsk, TellOrder } from "../../../schema/wire/channels.ts";
import { namedBy, orderTold } from "../../connectors/till-words.ts";
import { router } from "../openapi.ts";
import { requireScope } from "../require-scope.ts";
import { takenReplies, takeTold } from "./take-told.ts";

const PATH = "/v1/orders";

export const orderRoutes = router();
orderRoutes.use(PATH, requireScope("events:write"));
orderRoutes.post(PATH, (c) =>
  takeTold(c, {
    list: "orders",
    ask: OrdersAsk,
    listOf: ({ orders }) => orders,
    judging: (ask) => ({
      one: "order",
      idOf: (raw) => namedBy("id", raw),
      read: (raw, reading) => orderTold(raw, reading, ask),
    }),
  }),
);

orderRoutes.openAPIRegistry.registerPath({
  method: "post",
  path: PATH,
  tags: ["Channels"],
  summary: "Tell of orders; the newest telling of each stands",
  description:
    "Up to 500 orders and 500 KB, gzip accepted. Each order is judged for itself; repeats change nothing. An order belongs to the customer's code, else phone, else e-mail. A value that says nothing of anybody is left out and the order kept. `userInitiated: false` marks the customers' contacts as imported.",
  request: {
    body: {
      content: {
        "application/json": {
          schema: z.object({
            source: z.string(),
            orders: z.array(TellOrder).max(MOST_TOLD),
            userInitiated: z.boolean().default(true),
          }),
        },
      },
    },
  },
  responses: takenReplies("orders"),
});
