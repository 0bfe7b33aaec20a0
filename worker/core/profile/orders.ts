// The orders of a person as the profile tells them. A cancelled one was never one; a refunded one is worth what is left.

import type { OrderDay } from "./facts.ts";

export interface OrderSummary {
  readonly count: number;
  readonly totalVnd: number;
  /** Over the orders that have a price in VND; null where none has. */
  readonly averageVnd: number | null;
  readonly lastAt: number | null;
}

export const orderSummary = (days: readonly OrderDay[]): OrderSummary => {
  const sum = (of: (day: OrderDay) => number): number => days.reduce((total, day) => total + of(day), 0);
  const priced = sum((day) => day.priced);
  const totalVnd = sum((day) => day.totalVnd);
  return {
    count: sum((day) => day.orders),
    totalVnd,
    averageVnd: priced === 0 ? null : Math.round(totalVnd / priced),
    lastAt: days.length === 0 ? null : Math.max(...days.map((day) => day.lastAt)),
  };
};
