// The rows of one order as an order of schema/wire/channels.ts: what is of the order stands in each of them, and each has
// one item.

import { type Cells, given, type Manner, type Trouble } from "./cells.ts";
import type { Column } from "./columns.ts";
import { type Body, personOf } from "./customer-body.ts";
import { readMoneyCell } from "./money-cell.ts";
import { statusOf } from "./status-words.ts";
import { readTimeCell } from "./time-cell.ts";

type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly trouble: Trouble };

const trouble = (field: string, code: string, message: string) =>
  ({ ok: false, trouble: { field, code, message } }) as const;

/** Rows that say the same in these are of one order. */
export const orderKey = (cells: Cells): string =>
  JSON.stringify([cells("id"), cells("at"), cells("updatedAt")]);

/** What must be the same in every row of an order. */
const ONE = ["total", "status", "currency", "branchId", "channel", "code", "phone", "email"] as const;

const quantityOf = (cell: string): Read<number> => {
  const text = cell.replace(",", ".");
  // `2.000` may be two or two thousand.
  if (!/^-?\d+(?:\.\d{1,2})?$/.test(text))
    return trouble("quantity", "not_a_quantity", "must be a number such as 2 or 1,5");
  return { ok: true, value: Number(text) };
};

const itemOf = (cells: Cells): Read<readonly Readonly<Record<string, unknown>>[]> => {
  const name = cells("item");
  if (name === "") return { ok: true, value: [] };
  const quantity =
    cells("quantity") === "" ? ({ ok: true, value: 1 } as const) : quantityOf(cells("quantity"));
  if (!quantity.ok) return quantity;
  const more = { ...given("category", cells("category")), ...given("sku", cells("sku")) };
  return { ok: true, value: [{ name, quantity: quantity.value, ...more }] };
};

const timesOf = (cells: Cells, timezone: string): Read<Readonly<Record<string, string>>> => {
  const times: Record<string, string> = {};
  for (const field of ["at", "updatedAt"]) {
    const cell = cells(field);
    if (cell === "" && field === "updatedAt") continue;
    const time = readTimeCell(cell, timezone);
    if (!time.ok) return trouble(field, "not_a_date", time.message);
    times[field] = time.text;
  }
  return { ok: true, value: times };
};

export const orderBody = (columns: readonly Column[], rows: readonly Cells[], manner: Manner): Body => {
  const [cells] = rows;
  if (cells === undefined) throw new Error("An order has no row");
  const differs = ONE.find((field) => rows.some((other) => other(field) !== cells(field)));
  if (differs !== undefined) return trouble(differs, "differs", "must be the same in every row of one order");
  const times = timesOf(cells, manner.timezone);
  if (!times.ok) return times;
  const status = cells("status") === "" ? "completed" : statusOf(cells("status"));
  if (status === null)
    return trouble("status", "not_a_status", "is no known state: placed, completed, cancelled or refunded");
  const total = readMoneyCell(cells("total"), manner.thousands);
  if (!total.ok) return trouble("total", total.code, total.message);
  const items: Readonly<Record<string, unknown>>[] = [];
  for (const row of rows) {
    const item = itemOf(row);
    if (!item.ok) return item;
    items.push(...item.value);
  }
  const branch = cells("branchId").normalize("NFC");
  return {
    ok: true,
    body: {
      id: cells("id"),
      ...times.value,
      status,
      total: total.text,
      ...given("currency", cells("currency")),
      ...given("branchId", manner.branches.get(branch) ?? branch),
      ...given("channel", cells("channel")),
      ...(items.length === 0 ? {} : { items }),
      customer: personOf(columns, cells),
    },
  };
};
