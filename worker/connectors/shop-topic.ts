// Which part of a webhook of Haravan or Sapo means what, by its topic. An order that the vendor sends to try the address is
// no sale: it is kept by its name only.

import type { Translation } from "./connector.ts";
import { NOTHING_TOLD } from "./connector.ts";
import type { shopShaped } from "./order-shape.ts";
import { contentId, otherEvent } from "./other-event.ts";
import { dropped } from "./translations.ts";

interface Told {
  readonly topic: string;
  /** Sent to try the address. */
  readonly test: boolean;
  readonly payload: unknown;
  readonly raw: Uint8Array;
  readonly channel: string;
  readonly now: number;
}

const CUSTOMER = /^customers?\/(?:create|update|updated|enable|disable)$/;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Some send the resource under its own name, as their API answers. */
const within = (payload: Readonly<Record<string, unknown>>, name: string): unknown =>
  isObject(payload[name]) && payload["id"] === undefined ? payload[name] : payload;

export const shopTopic = (
  { topic, test, payload, raw, channel, now }: Told,
  shop: ReturnType<typeof shopShaped>,
): Translation => {
  if (!isObject(payload)) return dropped("unreadable", "the body is no object");
  const name = topic.trim().toLowerCase();
  const order = within(payload, "order");
  if (test || (isObject(order) && order["test"] === true))
    return { ...NOTHING_TOLD, said: [otherEvent(contentId(name, raw), now, `${name} (test)`, channel)] };
  if (/^orders?\/delete$/.test(name)) return shop.deletedOrder(order);
  if (/^orders?\//.test(name)) return shop.order(order);
  if (CUSTOMER.test(name)) return shop.customer(within(payload, "customer"));
  if (/^refunds?\/create$/.test(name)) return shop.refund(within(payload, "refund"));
  return { ...NOTHING_TOLD, said: [otherEvent(contentId(name, raw), now, name, channel)] };
};
