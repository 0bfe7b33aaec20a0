// What tills and shops have told of a person, as far as the person's own consent joins it with what the store knows.

import type { HeldIdentifier } from "./person-view.ts";

export interface HeldOrder {
  /** What the brand calls the till or shop. */
  readonly sourceName: string;
  readonly orderId: string;
  readonly at: number;
  /** Null where no store was named. */
  readonly branchName: string | null;
  readonly channel: string;
  readonly status: string;
  /** Decimal text in `currency` (ISO 4217). */
  readonly total: string;
  readonly currency: string;
  readonly items: readonly string[];
}

export interface HeldTrait {
  readonly name: string;
  readonly value: string;
  readonly sourceName: string;
  readonly at: number;
}

export interface HeldPurchases {
  readonly identifiers: readonly HeldIdentifier[];
  readonly traits: readonly HeldTrait[];
  /** Newest first. */
  readonly orders: readonly HeldOrder[];
}

export const NO_PURCHASES: HeldPurchases = { identifiers: [], traits: [], orders: [] };
