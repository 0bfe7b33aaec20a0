// Orders as tills and shops tell them: each is judged for itself, and what is accepted is in the queue before the reply.
// A repeat changes nothing, so a caller that heard no answer sends the same again.

import { z } from "@hono/zod-openapi";
import { waitUntil } from "cloudflare:workers";
import type { Context } from "hono";
import type { ToldMessage } from "../../../schema/messages-channels.ts";
import type { OrdersRefusal } from "../../../schema/reasons.ts";
import {
  MOST_ORDER_BYTES,
  MOST_ORDERS,
  OrdersAsk,
  OrdersReply,
  TellOrder,
} from "../../../schema/wire/channels.ts";
import { describeError } from "../../describe-error.ts";
import { identifierKeys } from "../../identity/identifier-keys.ts";
import { orderMessage } from "../../identity/order-message.ts";
import { sealSame } from "../../portal/seal-same.ts";
import type { Refusal, Services } from "../../services.ts";
import { listBranches } from "../../store/branches.ts";
import { findSource, type Source } from "../../store/sources.ts";
import { readBody } from "../agents/body.ts";
import type { HttpEnv } from "../context.ts";
import { jsonReply, problemReply, router } from "../openapi.ts";
import { fieldErrors, problem, type ProblemExtras } from "../problem.ts";
import { requireScope } from "../require-scope.ts";
import { readOrder } from "./read-order.ts";

const PORTAL = "portal";
const PATH = "/v1/orders";

const refuseAll = (c: Context<HttpEnv>, reason: OrdersRefusal, extras: ProblemExtras = {}): Response => {
  waitUntil(c.get("services").count(null, `orders_${reason}`));
  return problem(c, reason === "unknown_source" ? "invalid_body" : reason, extras);
};

interface Judged {
  readonly messages: readonly ToldMessage[];
  readonly reply: OrdersReply;
  readonly counts: ReadonlyMap<Refusal, number>;
}

const judge = async (
  services: Services,
  source: Source,
  orders: readonly unknown[],
  now: number,
): Promise<Judged> => {
  const { IDENTIFIER_KEYS, SEAL_KEYS } = services.settings;
  const parts = { keyOf: identifierKeys(IDENTIFIER_KEYS), sealSame: sealSame(SEAL_KEYS) };
  const branches = new Set<string>((await listBranches(services.db)).map(({ id }) => id));
  const messages: ToldMessage[] = [];
  const rejected: OrdersReply["rejected"] = [];
  const leftOut: OrdersReply["leftOut"] = [];
  const counts = new Map<Refusal, number>();
  const count = (reason: Refusal): void => void counts.set(reason, (counts.get(reason) ?? 0) + 1);
  for (const [index, raw] of orders.entries()) {
    const judged = readOrder(raw, source, (id) => branches.has(id), now);
    if (judged.kind === "refused") {
      const { id, code, message } = judged;
      rejected.push({ index, id, code, message });
      count(`order_${code}`);
      continue;
    }
    for (const { field, reason } of judged.customer.left) {
      leftOut.push({ index, field, reason });
      count(`told_${reason}`);
    }
    const made = await orderMessage(parts, source.id, judged.order, judged.customer);
    if (made === null) {
      const message = "No code, phone or e-mail in it says whose it is.";
      rejected.push({ index, id: judged.order.orderId, code: "no_identifier", message });
      count("order_no_identifier");
    } else messages.push(made);
  }
  const reply = { success: rejected.length === 0, accepted: messages.length, rejected, leftOut };
  return { messages, reply, counts };
};

export const orderRoutes = router();
orderRoutes.use(PATH, requireScope("events:write"));
orderRoutes.post(PATH, async (c) => {
  const services = c.get("services");
  const limits = { orders: MOST_ORDERS, bytes: MOST_ORDER_BYTES };
  const body = await readBody(c.req.raw, MOST_ORDER_BYTES);
  if (!body.ok) return refuseAll(c, body.reason, body.reason === "too_large" ? { limits } : {});
  const ask = OrdersAsk.safeParse(body.json);
  if (!ask.success) return refuseAll(c, "invalid_body", { errors: fieldErrors(ask.error) });
  if (ask.data.orders.length > MOST_ORDERS) return refuseAll(c, "too_large", { limits });
  const bound = c.get("caller")?.source;
  if (bound !== undefined && bound !== ask.data.source)
    return problem(c, "forbidden", { detail: `This key may only tell of the source ${bound}.` });
  const source = ask.data.source === PORTAL ? null : await findSource(services.db, ask.data.source);
  if (source === null) {
    const message = "is no source, or one that was revoked; an operator declares it";
    return refuseAll(c, "unknown_source", { errors: [{ path: "source", message }] });
  }
  const { messages, reply, counts } = await judge(services, source, ask.data.orders, c.get("clock").now);
  try {
    await services.tell(messages);
  } catch (error) {
    console.error("The queue took no orders", { source: source.id, error: describeError(error) });
    return refuseAll(c, "unavailable");
  }
  for (const [reason, n] of counts) waitUntil(services.count(null, reason, n));
  return c.json(reply, 200);
});

orderRoutes.openAPIRegistry.registerPath({
  method: "post",
  path: PATH,
  tags: ["Channels"],
  summary: "Tell of orders; the newest telling of each stands",
  description:
    "Up to 500 orders and 500 KB, gzip accepted. Each order is judged for itself; repeats change nothing. An order belongs to the customer's code, else phone, else e-mail. A value that says nothing of anybody is left out and the order kept.",
  request: {
    body: {
      content: {
        "application/json": {
          schema: z.object({ source: z.string(), orders: z.array(TellOrder).max(MOST_ORDERS) }),
        },
      },
    },
  },
  responses: {
    200: jsonReply(OrdersReply, "Taken durably; what was not, and why"),
    400: problemReply("The envelope is not valid, or there is no such source"),
    413: problemReply("Over 500 orders or 500 KB"),
    503: problemReply("Nothing is sure to be taken; send the same again after Retry-After"),
  },
});
