// What is counted of journeys, before anything is shown: the form in which the database answers
// (worker/store/journey-counts.ts) and in which core counts (count-journeys.ts), which are proven to be the same.

import type { Step } from "../../../schema/journeys.ts";

export interface Counted {
  readonly people: number;
  /** People among them who ordered. */
  readonly buyers: number;
  readonly visits: number;
  readonly orders: number;
  /** Orders at a branch. */
  readonly storeOrders: number;
  readonly valueVnd: number;
}

export const NOTHING_COUNTED: Counted = {
  people: 0,
  buyers: 0,
  visits: 0,
  orders: 0,
  storeOrders: 0,
  valueVnd: 0,
};

/** `first`, `last`: each conversion once; `any`: once for each channel, or campaign, that it was touched by. */
export const ROLES = ["first", "last", "any"] as const;
export type Role = (typeof ROLES)[number];

export interface CreditRow extends Counted {
  readonly role: Role;
  /** "": direct. */
  readonly channel: string;
  /** Null: all of the channel. As in journey.ts. */
  readonly campaign: string | null;
}

export interface ReachRow {
  /** Null: all channels. */
  readonly channel: string | null;
  /** Null: all of the channel. */
  readonly campaign: string | null;
  /** The furthest. */
  readonly step: Step;
  readonly people: number;
}

/** People with a touch before their visit, and those of them who bought at that branch on that business day. */
export interface CloseRow {
  readonly branchId: string;
  readonly visitors: number;
  readonly buyers: number;
  readonly orders: number;
  readonly valueVnd: number;
}

export interface JourneyCounts {
  readonly total: Counted;
  readonly credits: readonly CreditRow[];
  readonly reach: readonly ReachRow[];
  readonly closes: readonly CloseRow[];
}
