import { describe, expect, test } from "vitest";
import { TOLD_PARSERS } from "../../../../schema/told-parsers.ts";
import { commerceEvent } from "./commerce.ts";
import type { Loose } from "./loose.ts";
import { sentEvents } from "./sent.ts";
import { translateEvent } from "./translate.ts";

const NOW = Date.UTC(2026, 9, 14, 5);
const SENDER = {
  source: "shop",
  kind: "web",
  basis: "contract",
  config: { orderBook: "till" },
  isBrowser: false,
} as const;

const tell = (event: string, properties: Loose, who: Loose = { userId: "U1" }) => {
  const [sent] = sentEvents({ event, properties, messageId: "m1", ...who }, "track") ?? [];
  if (sent === undefined) throw new Error("Nothing was sent");
  const verdict = translateEvent(sent, SENDER, { ...TOLD_PARSERS, hash: (text) => text }, NOW);
  if (verdict.kind === "rejected") throw new Error(verdict.code);
  return verdict;
};

describe("the events of the spec", () => {
  test.each([
    ["Order Completed", "Order Completed", "order"],
    ["order_completed", "Order Completed", "order"],
    ["orderCompleted", "Order Completed", "order"],
    ["ORDER COMPLETED", "Order Completed", "order"],
    ["Completed Order", "Order Completed", "order"],
    ["Order Canceled", "Order Cancelled", null],
    ["Viewed Product", "Product Viewed", "view"],
    ["Viewed Product Category", "Product List Viewed", "view"],
    ["Added Product", "Product Added", "cart"],
    ["Product Added to Wishlist", "Product Added to Wishlist", "view"],
    ["wishlist_product_added_to_cart", "Wishlist Product Added to Cart", "cart"],
    ["Started Order", "Checkout Started", "checkout"],
    ["Payment Info Entered", "Payment Info Entered", "checkout"],
    ["Product Removed", "Product Removed", null],
    ["Coupon Applied", "Coupon Applied", null],
  ])("%s is %s, a step: %s", (told, name, stage) =>
    expect(commerceEvent(told)).toMatchObject({ name, stage }),
  );

  test.each(["Completed", "Order", "Order Completed Twice", "", "Đơn hàng"])("%j is none", (name) =>
    expect(commerceEvent(name)).toBeNull(),
  );
});

describe("what an order is worth", () => {
  const worth = (properties: Loose) => {
    const { said, losses } = tell("Order Completed", { order_id: "1", ...properties });
    return said.order === null ? losses : [said.order.total, said.order.currency, said.order.totalVnd];
  };

  test.each<[Loose, unknown]>([
    [{ total: 100_000, revenue: 85_000 }, ["100000", "VND", 100_000]],
    [{ revenue: 85_000, shipping: 15_000, tax: 8_500 }, ["108500", "VND", 108_500]],
    [{ subtotal: "85000", shipping: "15000" }, ["100000", "VND", 100_000]],
    [{ value: 85_000 }, ["85000", "VND", 85_000]],
    [{ total: 85_000 + 8_500.000_000_01 }, ["93500", "VND", 93_500]],
    [{ total: 27.5, currency: "usd" }, ["27.5", "USD", null]],
    [{ revenue: 25.1, shipping: 3.2, tax: "2.00", currency: "USD" }, ["30.3", "USD", null]],
    [{ total: 85_000.5 }, ["bad_amount"]],
    [{ total: "85.000" }, ["bad_amount"]],
    [{ total: "85,000đ" }, ["bad_amount"]],
    [{ total: Number.MAX_VALUE }, ["bad_amount"]],
    [{ total: 1, currency: "đồng" }, ["bad_amount"]],
    [{}, ["bad_amount"]],
  ])("%j", (properties, expected) => expect(worth(properties)).toEqual(expected));
});

describe("an order", () => {
  const properties = {
    orderId: 17,
    total: 90_000,
    products: [
      { productId: "P1", sku: "S1", name: "Trà sữa", category: "Trà", price: 45_000, quantity: "2" },
      { sku: "S2" },
      { price: 1 },
    ],
  };

  test("is of its book, gross, and of the user", () => {
    const { said } = tell("Order Completed", properties);
    expect(said.order).toEqual({
      book: "till",
      orderId: "17",
      at: NOW,
      updatedAt: NOW,
      branchId: null,
      channel: "web",
      status: "completed",
      totalVnd: 90_000,
      net: false,
      currency: "VND",
      total: "90000",
      items: [
        { name: "Trà sữa", quantity: 2, category: "Trà", sku: "S1" },
        { name: "S2", quantity: 1, sku: "S2" },
      ],
    });
    expect(said.event).toMatchObject({
      orderId: "17",
      valueVnd: 90_000,
      stage: "order",
      products: [{ id: "P1", sku: "S1", name: "Trà sữa", category: "Trà", quantity: 2 }, { sku: "S2" }],
    });
  });

  test("of a guest is the browser's, until that is somebody's", () => {
    const { said } = tell("Order Completed", properties, { anonymousId: "b1c2" });
    expect(said.identifiers.map(({ kind, value }) => [kind, value])).toEqual([["anonymous:shop", "b1c2"]]);
    expect([said.event?.subject, said.event?.anonymous]).toEqual([null, "b1c2"]);
  });

  test("of nobody, or without its number, is an event and counted", () => {
    const nobody = tell("Order Completed", properties, {});
    expect([nobody.said.order, nobody.losses]).toEqual([null, ["nobody"]]);
    const unnumbered = tell("Order Completed", { total: 1 });
    expect([unnumbered.said.order, unnumbered.losses]).toEqual([null, ["no_order_id"]]);
  });

  test("that is updated is told anew, and is no second step", () => {
    const { said } = tell("Order Updated", { ...properties, total: 70_000 });
    expect([said.order?.totalVnd, said.event?.stage]).toEqual([70_000, null]);
  });

  test.each<[string, Loose, unknown]>([
    ["Order Refunded", {}, { kind: "refund", amountVnd: null }],
    ["Order Refunded", { total: 20_000 }, { kind: "refund", amountVnd: 20_000 }],
    ["Order Refunded", { total: 90_000, refund_amount: 20_000 }, { kind: "refund", amountVnd: 20_000 }],
    ["Order Refunded", { total: -20_000 }, { kind: "refund", amountVnd: 20_000 }],
    ["Order Refunded", { products: [{ price: 45_000, quantity: 2 }] }, { kind: "refund", amountVnd: 90_000 }],
    ["Order Refunded", { products: [{ price: 45_000 }, { sku: "S" }] }, { kind: "refund", amountVnd: null }],
    ["Order Refunded", { total: 20, currency: "USD" }, null],
    ["Order Refunded", { currency: "USD" }, { kind: "refund", amountVnd: null }],
    ["Order Refunded", { total: "all" }, null],
    ["Order Cancelled", { total: 90_000 }, { kind: "cancel", amountVnd: null }],
    ["Order Updated", { status: "Canceled" }, { kind: "cancel", amountVnd: null }],
    ["Order Updated", { status: "refunded", total: 5 }, { kind: "refund", amountVnd: null }],
  ])("%s %j", (event, more, mark) => {
    const { said, losses } = tell(event, { order_id: "17", ...more });
    const whole = { book: "till", orderId: "17", markId: "m1", at: NOW };
    expect(said.mark).toEqual(mark === null ? null : { ...whole, ...(mark as Loose) });
    expect([said.order, losses]).toEqual([null, mark === null ? ["bad_amount"] : []]);
  });

  test("with more than is kept of it says so", () => {
    const products = Array.from({ length: 201 }, (_, index) => ({ sku: `S${index}` }));
    const { said, losses } = tell("Order Completed", { order_id: "1", total: 1, products });
    expect([said.order?.items.length, said.event?.products.length]).toEqual([200, 50]);
    expect(losses).toEqual(["products_cut"]);
  });

  test("a product's view is worth its price", () => {
    expect(tell("Product Viewed", { product_id: "P", price: 45_000, quantity: 2 }).said.event?.valueVnd).toBe(
      90_000,
    );
    expect(tell("Slider Moved", { value: 5 }).said.event?.valueVnd).toBeNull();
  });
});
