// Orders, customers and refunds of the shop systems that are built like Shopify's: Haravan and Sapo differ in the names of
// times only. What an order is worth is its total without what its refunds gave back.

import type { z } from "zod";
import type { GivenCustomer } from "../core/intake/read-customer.ts";
import type { Account, Translation } from "./connector.ts";
import { orderChannel } from "./order-channel.ts";
import { contentId } from "./other-event.ts";
import { Line, Order, Person, Refund, Transaction } from "./shop-shapes.ts";
import { type ShopOrder, shopTold } from "./shop-told.ts";
import { dropped } from "./translations.ts";
import { campaignOf } from "./utm.ts";
import { vendorTime } from "./vendor-time.ts";
import { withinSecond } from "./within-second.ts";

const NOT_PAID = /^(?:pending|failure|failed|error|thất bại)$/i;
/** `other` stands for who was not asked. */
const GENDER = /^(?:male|female)$/i;

const readAll = <Shape extends z.ZodType>(shape: Shape, raw: readonly unknown[]): z.output<Shape>[] =>
  raw.flatMap((one) => {
    const parsed = shape.safeParse(one);
    return parsed.success ? [parsed.data] : [];
  });

/** Money given back; null where it was not in đồng. Some write it as less than nothing. */
const moneyBack = (refund: z.infer<typeof Refund>): number | null => {
  const paid = readAll(Transaction, refund.transactions).filter(
    ({ kind, status }) => kind === "refund" && !NOT_PAID.test(status ?? ""),
  );
  if (paid.some(({ currency }) => (currency ?? "VND").toUpperCase() !== "VND")) return null;
  const sum = paid.reduce((all, { amount: one }) => all + Math.abs(one ?? 0), 0);
  return Math.abs(refund.total_refunded ?? sum);
};

const refundedOf = (order: Order): number =>
  order.total_refunded ??
  readAll(Refund, order.refunds).reduce((all, refund) => all + (moneyBack(refund) ?? 0), 0);

/** All of it is given back where the vendor says so, though it names no sum, or one that is not known to be paid yet. */
const leftOf = (total: number, status: ShopOrder["status"], givenBack: number): number =>
  status === "refunded" && givenBack === 0 ? 0 : Math.max(0, total - givenBack);

const createdOf = (told: { readonly created_at: string | null; readonly created_on: string | null }) =>
  vendorTime(told.created_at ?? told.created_on);
const updatedOf = (told: { readonly updated_at: string | null; readonly modified_on: string | null }) =>
  vendorTime(told.updated_at ?? told.modified_on);

/** A refund that is in it is told by it, though its own time were the later. */
const toldAt = (order: Order): number | null =>
  [updatedOf(order), ...readAll(Refund, order.refunds).map(createdOf)].reduce(
    (latest, at) => (at !== null && at > (latest ?? 0) ? at : latest),
    null,
  );

const statusOf = (order: Order): ShopOrder["status"] => {
  const paid = (order.financial_status ?? "").replaceAll("_", "");
  const cancelled =
    (order.cancelled_at ?? order.cancelled_on) !== null ||
    order.cancelled_status === "cancelled" ||
    order.status === "cancelled" ||
    paid === "voided";
  if (cancelled) return "cancelled";
  if (paid === "refunded") return "refunded";
  const done = paid === "paid" || paid === "partiallyrefunded" || order.closed_status === "closed";
  return done || order.status === "closed" ? "completed" : "placed";
};

/** A receiver's phone is not taken for the buyer's: only what the customer or the order itself has. */
const customerOf = (person: z.infer<typeof Person> | null, order: Order | null): GivenCustomer => ({
  code: person?.id,
  phone: person?.phone ?? order?.phone,
  email: person?.email ?? order?.email,
  name: [person?.last_name, person?.first_name].filter((part) => part).join(" "),
  birthday: (person?.birthday ?? person?.dob)?.slice(0, 10),
  gender: GENDER.test(person?.gender ?? "") ? person?.gender?.toLowerCase() : null,
});

export const shopShaped = (account: Account, now: number) => {
  const told = shopTold(account, "web", now);
  return {
    order(raw: unknown): Translation {
      const parsed = Order.safeParse(raw);
      if (!parsed.success) return dropped("unreadable", "order: no object");
      const order = parsed.data;
      const channel = orderChannel(order.source_name ?? order.source);
      const { total_price: total } = order;
      const [status, givenBack] = [statusOf(order), refundedOf(order)];
      return told.order("order", {
        id: order.id,
        at: createdOf(order),
        updatedAt: withinSecond(toldAt(order), { status, givenBack }),
        branch: channel === "pos" ? order.location_id : null,
        channel,
        status,
        total: total === null ? null : leftOf(total, status, givenBack),
        net: true,
        currency: order.currency,
        items: readAll(Line, order.line_items).map(({ title, name, quantity, sku }) => ({
          name: title ?? name,
          quantity,
          sku,
        })),
        customer: customerOf(order.customer, order),
        campaign: campaignOf(
          {
            source: order.utm_source,
            medium: order.utm_medium,
            name: order.utm_campaign,
            term: order.utm_term,
            content: order.utm_content,
          },
          order.landing_site,
        ),
      });
    },

    /** Deleted at the shop: it does not count, as if cancelled. No time is told. */
    deletedOrder(raw: unknown): Translation {
      const orderId = Order.safeParse(raw).data?.id ?? null;
      return told.mark("order", { id: `deleted/${orderId}`, orderId, kind: "cancel", at: now, amount: null });
    },

    customer(raw: unknown): Translation {
      const parsed = Person.safeParse(raw);
      if (!parsed.success) return dropped("unreadable", "customer: no object");
      const updatedAt = updatedOf(parsed.data) ?? createdOf(parsed.data);
      const messageId = `customer/${contentId(JSON.stringify(raw))}`;
      return told.customer("customer", { ...customerOf(parsed.data, null), updatedAt }, messageId);
    },

    refund(raw: unknown): Translation {
      const parsed = Refund.safeParse(raw);
      if (!parsed.success) return dropped("unreadable", "refund: no object");
      const { id: refundId, order_id: orderId } = parsed.data;
      const money = moneyBack(parsed.data);
      if (money === null) return dropped("unreadable", "refund: not in VND");
      const mark = {
        id: refundId,
        orderId,
        kind: "refund",
        at: createdOf(parsed.data),
        amount: money,
      } as const;
      return told.mark("refund", mark);
    },
  };
};
