// The e-commerce events of the Segment spec (v2, and v1's names of the same), each with where in a journey it stands.
// Names are told apart by their words alone: `Order Completed`, `order_completed`, `orderCompleted` and v1's
// `Completed Order` are one.

import type { Stage } from "../../../../schema/events.ts";

/** What becomes of an order by it. */
export type OrderFact = "placed" | "updated" | "refunded" | "cancelled";

export interface CommerceEvent {
  /** As the spec spells it; what the event is stored under. */
  readonly name: string;
  readonly stage: Stage | null;
  readonly order: OrderFact | null;
}

const STAGED: readonly (readonly [Stage | null, readonly string[]])[] = [
  [
    "view",
    [
      "Products Searched",
      "Product List Viewed",
      "Product List Filtered",
      "Promotion Clicked",
      "Product Clicked",
      "Product Viewed",
      "Product Added to Wishlist",
    ],
  ],
  ["cart", ["Product Added", "Cart Viewed", "Wishlist Product Added to Cart"]],
  [
    "checkout",
    ["Checkout Started", "Checkout Step Viewed", "Checkout Step Completed", "Payment Info Entered"],
  ],
  // Steps back, coupons, and what is told of others: kept, and no step of a journey.
  [
    null,
    [
      "Promotion Viewed",
      "Product Removed",
      "Coupon Entered",
      "Coupon Applied",
      "Coupon Denied",
      "Coupon Removed",
      "Product Removed from Wishlist",
      "Product Shared",
      "Cart Shared",
      "Product Reviewed",
    ],
  ],
];

const ORDERS: readonly CommerceEvent[] = [
  { name: "Order Completed", stage: "order", order: "placed" },
  { name: "Order Updated", stage: null, order: "updated" },
  { name: "Order Refunded", stage: null, order: "refunded" },
  { name: "Order Cancelled", stage: null, order: "cancelled" },
];

/** Other words for the same, that are not the same words. */
const ALIASES: readonly (readonly [string, string])[] = [
  ["Viewed Product Category", "Product List Viewed"],
  ["Started Order", "Checkout Started"],
  ["Order Canceled", "Order Cancelled"],
];

const LONGEST_NAME = 60;

/** The words without case, order and signs. */
const wordsOf = (name: string): string =>
  name
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== "")
    .toSorted()
    .join(" ");

const all: readonly CommerceEvent[] = [
  ...STAGED.flatMap(([stage, names]) => names.map((name) => ({ name, stage, order: null }))),
  ...ORDERS,
];
const BY_WORDS: ReadonlyMap<string, CommerceEvent> = new Map([
  ...all.map((event) => [wordsOf(event.name), event] as const),
  ...ALIASES.flatMap(([alias, name]) =>
    all.filter((event) => event.name === name).map((event) => [wordsOf(alias), event] as const),
  ),
]);

/** Null for what the spec does not name. */
export const commerceEvent = (name: string): CommerceEvent | null =>
  name.length > LONGEST_NAME ? null : (BY_WORDS.get(wordsOf(name)) ?? null);
