// What an order is worth and its status now: what was told of it last, less what was given back since. The one definition
// (docs/profile.md); worker/store/order-worth.ts is the same as SQL.

import type { OrderMark } from "../../../schema/events.ts";

export type OrderStatus = "placed" | "completed" | "cancelled" | "refunded";

/** The telling that stands. */
export interface OrderTold {
  readonly status: OrderStatus;
  /** Null where it was paid in another currency. */
  readonly totalVnd: number | null;
  /** Whether refunds up to `updatedAt` are taken off `totalVnd`. */
  readonly net: boolean;
  readonly updatedAt: number;
}

export interface Mark {
  readonly kind: OrderMark;
  readonly at: number;
  /** Null: everything. */
  readonly amountVnd: number | null;
}

export interface OrderNow {
  readonly status: OrderStatus;
  /** Null where it has no price in VND. */
  readonly worthVnd: number | null;
}

/** `marks`: each refund and each cancellation of the order once. */
export const orderNow = (order: OrderTold, marks: readonly Mark[]): OrderNow => {
  const { totalVnd, net } = order;
  const since = marks.filter(({ at }) => !net || at > order.updatedAt);
  const taken = since.reduce((sum, { amountVnd }) => sum + (amountVnd ?? 0), 0);
  const status = statusNow(order, since, taken);
  // A telling that takes refunds off says itself what is left of a refunded order.
  const isNothing =
    status === "cancelled" ||
    (order.status === "refunded" && !net) ||
    since.some(({ amountVnd }) => amountVnd === null);
  return { status, worthVnd: totalVnd === null ? null : isNothing ? 0 : left(totalVnd, taken) };
};

/** Not less than nothing, but for what was told to be less: goods that came back as an order of their own. */
const left = (totalVnd: number, taken: number): number => Math.max(Math.min(0, totalVnd), totalVnd - taken);

const statusNow = ({ status, totalVnd }: OrderTold, since: readonly Mark[], taken: number): OrderStatus => {
  const whole = since.filter(({ amountVnd }) => amountVnd === null);
  if (status === "cancelled" || whole.some(({ kind }) => kind === "cancel")) return "cancelled";
  if (whole.length > 0) return "refunded";
  return totalVnd !== null && taken > 0 && taken >= totalVnd ? "refunded" : status;
};
