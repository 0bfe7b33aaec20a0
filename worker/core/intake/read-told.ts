// What the readers of what tills tell have in common: who tells, with what it is read, and how it ends.

import type { OrderRefusal, ToldDrop } from "../../../schema/reasons.ts";
import type { Parsers } from "./read-identifier.ts";
import type { Said } from "./said.ts";

export interface TellingSource {
  readonly id: string;
  /** Of an order that names none. */
  readonly channel: string;
  /** Whose numbering the order ids are of. */
  readonly orderBook: string;
}

export interface Reading {
  readonly source: TellingSource;
  readonly parsers: Parsers & { readonly time: (text: string) => number };
  /** Null where it is none of ours. */
  readonly branchOf: (told: string) => string | null;
  readonly now: number;
}

export interface LeftOut {
  readonly field: string;
  readonly reason: ToldDrop;
}

export type ReadTold =
  | { readonly kind: "read"; readonly said: Said; readonly left: readonly LeftOut[] }
  | {
      readonly kind: "refused";
      readonly code: OrderRefusal;
      readonly message: string;
      readonly left: readonly LeftOut[];
    };

export const refusedTold = (
  code: OrderRefusal,
  message: string,
  left: readonly LeftOut[] = [],
): ReadTold => ({ kind: "refused", code, message, left });

/** How far a till's clock may be ahead. */
export const AHEAD_MS = 10 * 60_000;
