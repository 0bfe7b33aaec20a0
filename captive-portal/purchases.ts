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
  /** Now: by what was given back or cancelled since. */
  readonly status: string;
  /** What is left of it; null where it was paid in another currency. */
  readonly worthVnd: number | null;
  /** Decimal text in `currency` (ISO 4217). */
  readonly total: string;
  readonly currency: string;
  readonly items: readonly string[];
  /** What was given back or cancelled since, as the source told it. `amountVnd` null: everything, or another currency. */
  readonly marks: readonly {
    readonly kind: string;
    readonly at: number;
    readonly amountVnd: number | null;
  }[];
}

/** What happened with the person in one online channel, in all. */
export interface HeldChannel {
  readonly channel: string;
  readonly events: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** Something the person did online, or that the brand wrote to them there. Of a message there is no text to hold. */
export interface HeldEvent {
  readonly sourceName: string;
  readonly at: number;
  readonly channel: string;
  /** What the source calls it. */
  readonly name: string;
  readonly branchName: string | null;
  readonly campaign: Readonly<Record<string, string>> | null;
  readonly direction: string | null;
  readonly sentiment: string | null;
  readonly products: readonly string[];
  readonly orderId: string | null;
  readonly valueVnd: number | null;
  /** What else the source told of it. */
  readonly details: Readonly<Record<string, unknown>> | null;
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
  /** The latest first. */
  readonly channels: readonly HeldChannel[];
  /** Newest first; for the copy alone. */
  readonly events: readonly HeldEvent[];
}

export const NO_PURCHASES: HeldPurchases = {
  identifiers: [],
  traits: [],
  orders: [],
  channels: [],
  events: [],
};
