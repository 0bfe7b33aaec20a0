// A customer's identifiers and traits as a channel gives them together: they belong together, and all of it to the
// strongest identifier.

import { type GivenCustomer, readCustomer } from "./read-customer.ts";
import type { LeftOut, Reading } from "./read-told.ts";
import type { Said } from "./said.ts";

export interface Circumstances {
  /** False: imported, without an act of the person's own. */
  readonly userInitiated: boolean;
  /** Epoch ms of the traits. */
  readonly at: number;
}

export type SaidCustomer = Pick<Said, "identifiers" | "edges" | "traits"> & {
  readonly left: readonly LeftOut[];
};

export const saidCustomer = (
  given: GivenCustomer,
  { source, parsers }: Reading,
  { userInitiated, at }: Circumstances,
): SaidCustomer => {
  const { identifiers, traits, left } = readCustomer(given, source.id, parsers);
  return {
    identifiers: identifiers.map((one) => ({ ...one, proven: false, userInitiated })),
    edges: identifiers.slice(1).map((_, index) => ({ a: 0, b: index + 1, trust: 2 })),
    traits: traits.map((one) => ({ ...one, proven: false, at })),
    left,
  };
};
