// The fields of Haravan's and Sapo's orders, customers and refunds that are read: the two have other names for times and
// birthdays, and mean the same.

import { z } from "zod";
import { amount, id, list, record, text } from "./vendor-fields.ts";

const PERSON = {
  id,
  email: text,
  phone: text,
  first_name: text,
  last_name: text,
  birthday: text,
  dob: text,
  gender: text,
  updated_at: text,
  modified_on: text,
  created_at: text,
  created_on: text,
};
export const Person = z.looseObject(PERSON);

export const Order = z.looseObject({
  id,
  created_at: text,
  created_on: text,
  updated_at: text,
  modified_on: text,
  cancelled_at: text,
  cancelled_on: text,
  cancelled_status: text,
  closed_status: text,
  status: text,
  financial_status: text,
  currency: text,
  total_price: amount,
  total_refunded: amount,
  source_name: text,
  source: text,
  location_id: id,
  landing_site: text,
  utm_source: text,
  utm_medium: text,
  utm_campaign: text,
  utm_term: text,
  utm_content: text,
  email: text,
  phone: text,
  customer: record(PERSON),
  line_items: list,
  refunds: list,
});
export type Order = z.infer<typeof Order>;

export const Line = z.looseObject({ title: text, name: text, quantity: amount, sku: text });
export const Refund = z.looseObject({
  id,
  order_id: id,
  created_at: text,
  created_on: text,
  total_refunded: amount,
  transactions: list,
});
export const Transaction = z.looseObject({ kind: text, amount, status: text, currency: text });
