// An order as a till told it, in our words; or why it is not taken, as a sentence for whoever sent it.

import { readMoney } from "./money.ts";
import type { GivenCustomer } from "./read-customer.ts";
import { AHEAD_MS, type Reading, type ReadTold, refusedTold } from "./read-told.ts";
import { saidCustomer } from "./said-customer.ts";
import { NOTHING_SAID, type SaidOrder } from "./said.ts";

/** A message of the queue holds 128 KB; a third of it, were every character three bytes. */
const MOST_ITEM_UNITS = 36_000;

/** `TellOrder` of schema/wire/channels.ts. */
export interface GivenOrder {
  readonly id: string;
  readonly at: string;
  readonly updatedAt?: string | null | undefined;
  readonly branchId?: string | null | undefined;
  readonly channel?: string | null | undefined;
  readonly status: SaidOrder["status"];
  readonly total: number | string;
  readonly currency: string;
  readonly items?:
    | readonly {
        readonly name: string;
        readonly quantity: number;
        readonly category?: string | null | undefined;
        readonly sku?: string | null | undefined;
      }[]
    | null
    | undefined;
  readonly customer?: GivenCustomer | null | undefined;
}

const itemsOf = (items: GivenOrder["items"]): SaidOrder["items"] =>
  (items ?? []).map(({ name, quantity, category, sku }) => ({
    name,
    quantity,
    ...(category ? { category } : {}),
    ...(sku ? { sku } : {}),
  }));

/** `userInitiated`: false where the contacts are imported, and the order says nothing of an act towards us. */
export const readOrder = (
  { id, status, currency, total, channel, ...given }: GivenOrder,
  reading: Reading,
  { userInitiated }: { readonly userInitiated: boolean },
): ReadTold => {
  const { source, parsers, branchOf, now } = reading;
  const at = parsers.time(given.at);
  const updatedAt = Math.max(at, given.updatedAt ? parsers.time(given.updatedAt) : at);
  if (!(at >= 0 && updatedAt >= at)) return refusedTold("invalid", "at: must be a time after 1970");
  if (updatedAt > now + AHEAD_MS)
    return refusedTold("future", "at and updatedAt must not be in the future; is the offset right?");
  const money = readMoney(total, currency);
  if (!money.ok) return refusedTold("invalid", money.message);
  const items = itemsOf(given.items);
  if (JSON.stringify(items).length > MOST_ITEM_UNITS) return refusedTold("invalid", "items: too much text");
  const branchId = given.branchId ? branchOf(given.branchId) : null;
  const customer = saidCustomer(given.customer ?? {}, reading, { userInitiated, at: updatedAt });
  const left =
    given.branchId && branchId === null
      ? [...customer.left, { field: "branchId", reason: "unknown_branch" as const }]
      : customer.left;
  if (customer.identifiers.length === 0)
    return refusedTold("no_identifier", "No code, phone or e-mail in it says whose it is.", left);
  return {
    kind: "read",
    left,
    said: {
      ...NOTHING_SAID,
      messageId: `${id}/${updatedAt}`,
      at,
      identifiers: customer.identifiers,
      edges: customer.edges,
      traits: customer.traits,
      order: {
        book: source.orderBook,
        orderId: id,
        at,
        updatedAt,
        branchId,
        channel: channel || source.channel,
        status,
        totalVnd: money.totalVnd,
        net: true,
        currency,
        total: money.total,
        items,
      },
    },
  };
};
