// A row as a customer of schema/wire/channels.ts, marked as imported.

import { type Cells, given, type Manner, type Trouble } from "./cells.ts";
import type { Column } from "./columns.ts";
import { readDayCell, readTimeCell } from "./time-cell.ts";

export type Body =
  | { readonly ok: true; readonly body: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly trouble: Trouble };

const TRAIT = "traits.";

/** The fields that a customer has beside an order too. */
export const personOf = (columns: readonly Column[], cells: Cells): Readonly<Record<string, unknown>> => {
  const traits = Object.fromEntries(
    columns.flatMap(({ field }) => {
      const text = field?.startsWith(TRAIT) === true ? cells(field) : "";
      return field === null || text === "" ? [] : [[field.slice(TRAIT.length), text]];
    }),
  );
  return {
    ...given("code", cells("code")),
    ...given("phone", cells("phone")),
    ...given("email", cells("email")),
    ...given("name", cells("name")),
    ...given("birthday", cells("birthday") === "" ? "" : readDayCell(cells("birthday"))),
    ...given("gender", cells("gender")),
    ...(Object.keys(traits).length === 0 ? {} : { traits }),
  };
};

export const customerBody = (columns: readonly Column[], cells: Cells, { timezone, asOf }: Manner): Body => {
  const told = cells("updatedAt");
  const time = told === "" ? ({ ok: true, text: asOf } as const) : readTimeCell(told, timezone);
  if (!time.ok)
    return { ok: false, trouble: { field: "updatedAt", code: "not_a_date", message: time.message } };
  return { ok: true, body: { ...personOf(columns, cells), updatedAt: time.text, userInitiated: false } };
};
