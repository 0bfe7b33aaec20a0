// Judges one order of a request: read, or refused with a reason and a sentence for the caller.

import type { OrderRefusal } from "../../../schema/reasons.ts";
import { parseIdentifier } from "../../../schema/identifiers.ts";
import { parsePhone } from "../../../schema/phone.ts";
import { TellOrder } from "../../../schema/wire/channels.ts";
import { readMoney } from "../../core/intake/money.ts";
import { type Customer, readCustomer } from "../../core/intake/read-customer.ts";
import type { ReadOrder } from "../../identity/order-message.ts";
import type { Source } from "../../store/sources.ts";
import { fieldErrors } from "../problem.ts";

/** How far a till's clock may be ahead. */
const AHEAD_MS = 10 * 60_000;
/** A message of the queue holds 128 KB; a third of it, were every character three bytes. */
const MOST_ITEM_UNITS = 36_000;

const PARSERS = { phone: parsePhone, identifier: parseIdentifier };

export type JudgedOrder =
  | { readonly kind: "read"; readonly order: ReadOrder; readonly customer: Customer }
  | {
      readonly kind: "refused";
      readonly id: string | null;
      readonly code: OrderRefusal;
      readonly message: string;
    };

const idOf = (raw: unknown): string | null => {
  const id = typeof raw === "object" && raw !== null && "id" in raw ? raw.id : null;
  return typeof id === "string" || typeof id === "number" ? String(id).slice(0, 120) : null;
};

const itemsOf = (items: TellOrder["items"]): ReadOrder["items"] =>
  (items ?? []).map(({ name, quantity, category, sku }) => ({
    name,
    quantity,
    ...(category ? { category } : {}),
    ...(sku ? { sku } : {}),
  }));

export const readOrder = (
  raw: unknown,
  source: Source,
  isBranch: (id: string) => boolean,
  now: number,
): JudgedOrder => {
  const refused = (code: OrderRefusal, message: string): JudgedOrder => ({
    kind: "refused",
    id: idOf(raw),
    code,
    message,
  });
  const parsed = TellOrder.safeParse(raw);
  if (!parsed.success) {
    const told = fieldErrors(parsed.error).map(({ path, message }) =>
      path === "" ? message : `${path}: ${message}`,
    );
    return refused("invalid", told.join("; "));
  }
  const { id, status, currency, branchId, channel, customer } = parsed.data;
  const at = Date.parse(parsed.data.at);
  const updatedAt = Math.max(at, parsed.data.updatedAt ? Date.parse(parsed.data.updatedAt) : at);
  if (!(at >= 0 && updatedAt >= at)) return refused("invalid", "at: must be a time after 1970");
  if (updatedAt > now + AHEAD_MS)
    return refused("future", "at and updatedAt must not be in the future; is the offset right?");
  const money = readMoney(parsed.data.total, currency);
  if (!money.ok) return refused("invalid", money.message);
  const items = itemsOf(parsed.data.items);
  if (JSON.stringify(items).length > MOST_ITEM_UNITS) return refused("invalid", "items: too much text");
  const read = readCustomer(customer ?? {}, source.id, PARSERS);
  const known = branchId && isBranch(branchId) ? branchId : null;
  const left = branchId && known === null ? [{ field: "branchId", reason: "unknown_branch" as const }] : [];
  return {
    kind: "read",
    customer: { ...read, left: [...read.left, ...left] },
    order: {
      orderId: id,
      at,
      updatedAt,
      branchId: known,
      channel: channel || source.kind,
      status,
      totalVnd: money.totalVnd,
      currency,
      total: money.total,
      items,
    },
  };
};
