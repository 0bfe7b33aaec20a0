// That an order was given back or cancelled, as a till told it; or why it is not taken.

import type { OrderMark } from "../../../schema/events.ts";
import { readMoney } from "./money.ts";
import { AHEAD_MS, type Reading, type ReadTold, refusedTold } from "./read-told.ts";
import { NOTHING_SAID } from "./said.ts";

/** `TellRefund` of schema/wire/channels.ts. */
export interface GivenRefund {
  readonly id: string;
  readonly orderId: string;
  readonly kind: OrderMark;
  readonly at: string;
  /** Absent: everything. */
  readonly amount?: number | string | null | undefined;
  readonly currency: string;
}

export const readRefund = (
  { id, orderId, kind, currency, ...given }: GivenRefund,
  { source, parsers, now }: Reading,
): ReadTold => {
  const at = parsers.time(given.at);
  if (!(at >= 0)) return refusedTold("invalid", "at: must be a time after 1970");
  if (at > now + AHEAD_MS) return refusedTold("future", "at must not be in the future; is the offset right?");
  const amount = given.amount ?? null;
  const money = amount === null ? null : readMoney(amount, currency);
  if (money?.ok === false) return refusedTold("invalid", money.message.replaceAll("total", "amount"));
  const amountVnd = money?.totalVnd ?? null;
  // Nothing stands for everything: a part of unknown worth must not become it.
  if (money !== null && amountVnd === null)
    return refusedTold("invalid", "amount: what was given back in part must be in VND");
  if (amountVnd !== null && amountVnd < 0)
    return refusedTold("invalid", "amount: must be what was given back, not less than 0");
  const mark = { book: source.orderBook, orderId, markId: id, kind, at, amountVnd };
  return { kind: "read", left: [], said: { ...NOTHING_SAID, messageId: `${kind}/${id}`, at, mark } };
};
