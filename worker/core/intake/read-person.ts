// A customer as a till or a file told of them; or why it is not taken, as a sentence for whoever sent it.

import type { GivenCustomer } from "./read-customer.ts";
import { AHEAD_MS, type Reading, type ReadTold, refusedTold } from "./read-told.ts";
import { saidCustomer } from "./said-customer.ts";
import { NOTHING_SAID } from "./said.ts";

/** `TellCustomer` of schema/wire/channels.ts. */
export interface GivenPerson extends GivenCustomer {
  readonly updatedAt?: string | null | undefined;
  readonly userInitiated: boolean;
}

/** `messageId`: of what is told; no value of the person's may stand in it. */
export const readPerson = (given: GivenPerson, reading: Reading, messageId: string): ReadTold => {
  const at = given.updatedAt ? reading.parsers.time(given.updatedAt) : reading.now;
  if (!(at >= 0)) return refusedTold("invalid", "updatedAt: must be a time after 1970");
  if (at > reading.now + AHEAD_MS)
    return refusedTold("future", "updatedAt must not be in the future; is the offset right?");
  const { left: told, ...customer } = saidCustomer(given, reading, {
    userInitiated: given.userInitiated,
    at,
  });
  // Beside an order they stand under `customer`; here they stand alone.
  const left = told.map(({ field, reason }) => ({ field: field.replace(/^customer\./, ""), reason }));
  if (customer.identifiers.length === 0)
    return refusedTold("no_identifier", "No code, phone or e-mail in it says who it is.", left);
  return { kind: "read", left, said: { ...NOTHING_SAID, messageId, at, ...customer } };
};
