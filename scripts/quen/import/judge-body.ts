// Judges what a row says by the schema and the reader that the API has, before it is sent: a dry run says the same as a
// real one, but for branches, which only the deployment knows.

import { fieldErrors } from "../../../schema/field-errors.ts";
import { TOLD_PARSERS } from "../../../schema/told-parsers.ts";
import { TellCustomer, TellOrder } from "../../../schema/wire/channels.ts";
import { readOrder } from "../../../worker/core/intake/read-order.ts";
import { readPerson } from "../../../worker/core/intake/read-person.ts";
import type { Reading, ReadTold } from "../../../worker/core/intake/read-told.ts";
import type { Trouble } from "./cells.ts";
import type { Kind } from "./fields.ts";

export type JudgedBody =
  | { readonly kind: "good"; readonly left: readonly Trouble[] }
  | { readonly kind: "rejected"; readonly troubles: readonly Trouble[] };

const read = (kind: Kind, body: unknown, reading: Reading): ReadTold | readonly Trouble[] => {
  const parsed = kind === "orders" ? TellOrder.safeParse(body) : TellCustomer.safeParse(body);
  if (!parsed.success)
    return fieldErrors(parsed.error).map(({ path, message }) => ({
      field: shortPath(path),
      code: "invalid",
      message,
    }));
  return "id" in parsed.data
    ? readOrder(parsed.data, reading, { userInitiated: false })
    : readPerson(parsed.data, reading, "customer");
};

/** In a file there is no `customer` around a phone. */
export const shortPath = (path: string): string => path.replace(/^customer\./, "");

const LEFT_MESSAGE = "says nothing of anybody and is left out";
export const leftTrouble = (field: string, reason: string): Trouble => ({
  field: shortPath(field),
  code: reason,
  message: reason === "unknown_branch" ? "is none of the branches and is left out" : LEFT_MESSAGE,
});

export const judgeBody = (kind: Kind, body: unknown, source: string, now: number): JudgedBody => {
  const reading: Reading = {
    source: { id: source, channel: "import", orderBook: source },
    parsers: TOLD_PARSERS,
    branchOf: (told) => told,
    now,
  };
  const told = read(kind, body, reading);
  if (!("kind" in told)) return { kind: "rejected", troubles: told };
  const left = told.left.map(({ field, reason }) => leftTrouble(field, reason));
  if (told.kind === "read") return { kind: "good", left };
  const [, field = ""] = /^(\w+)(?::| must)/.exec(told.message) ?? [];
  return { kind: "rejected", troubles: [{ field, code: told.code, message: told.message }, ...left] };
};
