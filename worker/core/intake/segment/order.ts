// What an event says of an order: a telling of it, or that it was given back or cancelled. An order is worth what the buyer
// paid for it: `total`, else `revenue` with shipping and tax, which the spec leaves out of it.

import type { EventLoss } from "../../../../schema/reasons.ts";
import type { SaidMark, SaidOrder } from "../said.ts";
import { type Amount, amountOf, currencyOf } from "./amounts.ts";
import type { OrderFact } from "./commerce.ts";
import { field, lineOf, type Loose, numberOf, textOf } from "./loose.ts";
import { orderItems } from "./products.ts";

export interface OrderPart {
  readonly order: SaidOrder | null;
  readonly mark: SaidMark | null;
  readonly losses: readonly EventLoss[];
}

export interface OrderTeller {
  readonly messageId: string;
  readonly at: number;
  readonly channel: string;
  /** Whose numbering the order ids are of. */
  readonly book: string;
  /** A browser tells of its own orders, and not what became of others'. */
  readonly isBelieved: boolean;
}

const NOTHING: OrderPart = { order: null, mark: null, losses: [] };
const lost = (...losses: readonly EventLoss[]): OrderPart => ({ ...NOTHING, losses });

export const orderIdOf = (properties: Loose): string | null =>
  lineOf(field(properties, "order_id"), 120) ?? null;

const firstOf = (amounts: readonly (() => Amount)[]): Amount => {
  for (const read of amounts) {
    const amount = read();
    if (amount.kind !== "none") return amount;
  }
  return { kind: "none" };
};

/** Before anything was given back. */
export const totalOf = (properties: Loose, currency: string): Amount =>
  firstOf([
    () => amountOf(properties, currency, "total"),
    () =>
      field(properties, "revenue") === undefined
        ? { kind: "none" }
        : withFees(properties, currency, "revenue"),
    () => amountOf(properties, currency, "value"),
    () =>
      field(properties, "subtotal") === undefined
        ? { kind: "none" }
        : withFees(properties, currency, "subtotal"),
  ]);

const withFees = (properties: Loose, currency: string, name: string): Amount =>
  amountOf(properties, currency, name, "shipping", "tax");

/** Of products told with their prices; none where one has no price. */
const worthOf = (products: readonly Loose[], currency: string): Amount => {
  const worths = products.map((product) => {
    const [price, quantity] = [numberOf(field(product, "price")), numberOf(field(product, "quantity")) ?? 1];
    return price === undefined ? undefined : price * quantity;
  });
  if (worths.length === 0 || worths.includes(undefined)) return { kind: "none" };
  return amountOf({ sum: worths.reduce<number>((sum, worth) => sum + (worth ?? 0), 0) }, currency, "sum");
};

const refundOf = (properties: Loose, products: readonly Loose[], currency: string): Amount =>
  firstOf([
    () => amountOf(properties, currency, "refund_amount"),
    () => amountOf(properties, currency, "refund"),
    () => totalOf(properties, currency),
    () => worthOf(products, currency),
  ]);

const markOf = (
  kind: SaidMark["kind"],
  orderId: string,
  amountVnd: number | null,
  teller: OrderTeller,
): OrderPart => {
  const { book, messageId, at, isBelieved } = teller;
  if (!isBelieved) return lost("browser_claim");
  return { ...NOTHING, mark: { book, orderId, markId: messageId, kind, at, amountVnd } };
};

const toldOrder = (
  orderId: string,
  properties: Loose,
  products: readonly Loose[],
  { book, at, channel, isBelieved }: OrderTeller,
): OrderPart => {
  const currency = currencyOf(properties);
  const amount = currency === null ? null : totalOf(properties, currency);
  if (currency === null || amount?.kind !== "amount") return lost("bad_amount");
  const items = orderItems(products);
  return {
    mark: null,
    losses: items.isCut ? ["products_cut"] : [],
    order: {
      book,
      orderId,
      at,
      // Anybody can send in a page's name: what it says stands until a server, a till or a platform tells of the order.
      // So it is older than all of those, in January 1970, and still newer or older than what a page said else.
      updatedAt: isBelieved ? at : Math.floor(at / 1_000),
      branchId: null,
      channel,
      status: "completed",
      totalVnd: amount.totalVnd,
      net: false,
      currency,
      total: amount.total,
      items: items.kept,
    },
  };
};

const refunded = (
  orderId: string,
  properties: Loose,
  products: readonly Loose[],
  teller: OrderTeller,
): OrderPart => {
  const currency = currencyOf(properties);
  const amount = currency === null ? null : refundOf(properties, products, currency);
  if (amount === null || amount.kind === "unreadable") return lost("bad_amount");
  if (amount.kind !== "amount") return markOf("refund", orderId, null, teller);
  // Null would stand for everything, and a part in another currency is not.
  if (amount.totalVnd === null) return lost("bad_amount");
  return markOf("refund", orderId, Math.abs(amount.totalVnd), teller);
};

export const readOrder = (
  fact: OrderFact,
  properties: Loose,
  products: readonly Loose[],
  teller: OrderTeller,
): OrderPart => {
  const orderId = orderIdOf(properties);
  if (orderId === null) return lost("no_order_id");
  switch (fact) {
    case "placed":
      return toldOrder(orderId, properties, products, teller);
    case "updated":
      return updated(orderId, properties, products, teller);
    case "refunded":
      return refunded(orderId, properties, products, teller);
    case "cancelled":
      return markOf("cancel", orderId, null, teller);
  }
};

/** Where it says that nothing is left of the order, that is what it says. */
const updated = (
  orderId: string,
  properties: Loose,
  products: readonly Loose[],
  teller: OrderTeller,
): OrderPart => {
  const status = textOf(field(properties, "status"))?.toLowerCase();
  if (status === "cancelled" || status === "canceled") return markOf("cancel", orderId, null, teller);
  if (status === "refunded") return markOf("refund", orderId, null, teller);
  return toldOrder(orderId, properties, products, teller);
};
