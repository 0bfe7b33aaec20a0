// What an event is about is worth, where that was told in VND.

import { amountOf, currencyOf } from "./amounts.ts";
import type { CommerceEvent } from "./commerce.ts";
import { field, type Loose, numberOf } from "./loose.ts";
import { totalOf } from "./order.ts";

export const valueOf = (
  commerce: CommerceEvent | null,
  properties: Loose,
  products: readonly Loose[],
): number | null => {
  const currency = currencyOf(properties);
  // Outside of commerce a `value` may be a number of anything.
  if (currency !== "VND" || (commerce === null && field(properties, "currency") === undefined)) return null;
  const isOrder = commerce !== null && commerce.order !== null;
  const amount = isOrder ? totalOf(properties, currency) : amountOf(properties, currency, "value");
  if (amount.kind === "amount") return amount.totalVnd;
  const [only, ...others] = products;
  const price = only === undefined || others.length > 0 ? undefined : numberOf(field(only, "price"));
  if (price === undefined || isOrder) return null;
  const worth = amountOf(
    { worth: price * (numberOf(field(only ?? {}, "quantity")) ?? 1) },
    currency,
    "worth",
  );
  return worth.kind === "amount" ? worth.totalVnd : null;
};
