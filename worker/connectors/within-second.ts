// Times that have only seconds do not tell which of two tellings of an order is the newer, and of equals any may stand. So
// whatever comes later in the life of an order counts a millisecond later within its second.

import type { ShopOrder } from "./shop-told.ts";

const STEPS = { placed: 0, completed: 1, cancelled: 3, refunded: 4 } as const;

export const withinSecond = (
  at: number | null,
  { status, givenBack }: Pick<ShopOrder, "status"> & { readonly givenBack: number },
): number | null =>
  at !== null && at % 1_000 === 0
    ? at + STEPS[status] + (status === "completed" && givenBack > 0 ? 1 : 0)
    : at;
