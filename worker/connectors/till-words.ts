// One order, customer or refund as schema/wire/channels.ts has them, read and judged: for `POST /v1/orders` and
// `POST /v1/customers`, and for the `pos` connector.

import type { z } from "zod";
import { fieldErrors } from "../../schema/field-errors.ts";
import { TellCustomer, TellOrder, TellRefund } from "../../schema/wire/channels.ts";
import { readOrder } from "../core/intake/read-order.ts";
import { readPerson } from "../core/intake/read-person.ts";
import { readRefund } from "../core/intake/read-refund.ts";
import { type Reading, type ReadTold, refusedTold } from "../core/intake/read-told.ts";

const invalid = (error: z.ZodError): ReadTold => {
  const told = fieldErrors(error).map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
  return refusedTold("invalid", told.join("; "));
};

export const orderTold = (
  raw: unknown,
  reading: Reading,
  who: { readonly userInitiated: boolean },
): ReadTold => {
  const parsed = TellOrder.safeParse(raw);
  return parsed.success ? readOrder(parsed.data, reading, who) : invalid(parsed.error);
};

export const customerTold = (raw: unknown, reading: Reading, messageId: string): ReadTold => {
  const parsed = TellCustomer.safeParse(raw);
  return parsed.success ? readPerson(parsed.data, reading, messageId) : invalid(parsed.error);
};

export const refundTold = (raw: unknown, reading: Reading): ReadTold => {
  const parsed = TellRefund.safeParse(raw);
  return parsed.success ? readRefund(parsed.data, reading) : invalid(parsed.error);
};

/** A field of what could not be read, for whoever must find it again. */
export const namedBy = (field: string, raw: unknown): string | null => {
  const id = typeof raw === "object" && raw !== null ? (raw as Record<string, unknown>)[field] : null;
  return typeof id === "string" || typeof id === "number" ? String(id).slice(0, 120) : null;
};
