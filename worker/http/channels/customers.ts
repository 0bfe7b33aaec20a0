// `POST /v1/customers`: customers as tills and files tell them, without an order.

import { z } from "@hono/zod-openapi";
import { CustomersAsk, MOST_TOLD, TellCustomer } from "../../../schema/wire/channels.ts";
import { customerTold, namedBy } from "../../connectors/till-words.ts";
import { router } from "../openapi.ts";
import { requireScope } from "../require-scope.ts";
import { takenReplies, takeTold } from "./take-told.ts";

const PATH = "/v1/customers";

export const customerRoutes = router();
customerRoutes.use(PATH, requireScope("events:write"));
customerRoutes.post(PATH, (c) =>
  takeTold(c, {
    list: "customers",
    ask: CustomersAsk,
    listOf: ({ customers }) => customers,
    judging: () => ({
      one: "customer",
      idOf: (raw) => namedBy("code", raw),
      // What is told of a person besides events is known by its keys and times, not by the message.
      read: (raw, reading) => customerTold(raw, reading, "customer"),
    }),
  }),
);

customerRoutes.openAPIRegistry.registerPath({
  method: "post",
  path: PATH,
  tags: ["Channels"],
  summary: "Tell of customers; of each value the newest telling stands",
  description:
    "Up to 500 customers and 500 KB, gzip accepted. Each is judged for itself; repeats change nothing. What is given together belongs together: code, phone and e-mail are one person's. At least one of them is needed. `userInitiated: false` marks contacts that were imported, without an act of the person's own.",
  request: {
    body: {
      content: {
        "application/json": {
          schema: z.object({ source: z.string(), customers: z.array(TellCustomer).max(MOST_TOLD) }),
        },
      },
    },
  },
  responses: takenReplies("customers"),
});
