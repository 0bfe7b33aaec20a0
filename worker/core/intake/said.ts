// What a channel says of a person, in our words and still readable: what the SDKs' events, webhooks, orders and imports
// are all translated to before `worker/identity/said-message.ts` seals it for the queue.

import type { Direction, EventType, OrderMark, Sentiment, Stage } from "../../../schema/events.ts";

export interface SaidIdentifier {
  /** As schema/identifiers.ts accepts it, in its one spelling. */
  readonly kind: string;
  readonly value: string;
  /** Proven by the person (a login, a code); else told. */
  readonly proven: boolean;
  /** False: imported, without an act of the person's own. */
  readonly userInitiated: boolean;
}

/** That two of the identifiers belong together, by their places in the list. 1 proven, 2 asserted, 3 weak. */
export interface SaidEdge {
  readonly a: number;
  readonly b: number;
  readonly trust: 1 | 2 | 3;
}

export interface SaidTrait {
  readonly name: string;
  readonly value: string;
  readonly proven: boolean;
  /** Epoch ms; absent: the time of what was said. */
  readonly at?: number;
}

export interface SaidOrder {
  /** Whose numbering the id is of: a source id. */
  readonly book: string;
  readonly orderId: string;
  readonly at: number;
  readonly updatedAt: number;
  readonly branchId: string | null;
  readonly channel: string;
  readonly status: "placed" | "completed" | "cancelled" | "refunded";
  /** Whole đồng; null where it was paid in another currency. */
  readonly totalVnd: number | null;
  /** Whether refunds up to `updatedAt` are taken off. */
  readonly net: boolean;
  readonly currency: string;
  /** Decimal text. */
  readonly total: string;
  readonly items: readonly { name: string; quantity: number; category?: string; sku?: string }[];
}

export interface SaidMark {
  readonly book: string;
  readonly orderId: string;
  /** The source's own id of the refund or cancellation. */
  readonly markId: string;
  readonly kind: OrderMark;
  readonly at: number;
  /** Null: everything. */
  readonly amountVnd: number | null;
}

export interface Campaign {
  readonly source?: string;
  readonly medium?: string;
  readonly name?: string;
  readonly term?: string;
  readonly content?: string;
}

export interface SaidProduct {
  readonly id?: string;
  readonly sku?: string;
  readonly name?: string;
  readonly category?: string;
  readonly quantity?: number;
}

export interface SaidEvent {
  readonly type: EventType;
  /** What the source calls it. */
  readonly name: string;
  readonly channel: string;
  readonly stage: Stage | null;
  readonly campaign: Campaign | null;
  /** Place in `identifiers` of who is named; null: nobody is. */
  readonly subject: number | null;
  /** The SDK's `anonymousId`; it needs no place in `identifiers` while nobody is named. */
  readonly anonymous: string | null;
  readonly branchId: string | null;
  readonly direction: Direction | null;
  readonly sentiment: Sentiment | null;
  readonly products: readonly SaidProduct[];
  readonly orderId: string | null;
  readonly valueVnd: number | null;
  /** Other properties, as JSON; sealed before they are stored. */
  readonly details: Readonly<Record<string, unknown>> | null;
}

export interface Said {
  /** The source's own id of what it says; a repeat has the same. At most 200 characters. */
  readonly messageId: string;
  /** Epoch ms, by our clock. */
  readonly at: number;
  /** The strongest first: traits and orders are of the first. */
  readonly identifiers: readonly SaidIdentifier[];
  readonly edges: readonly SaidEdge[];
  readonly traits: readonly SaidTrait[];
  readonly order: SaidOrder | null;
  readonly mark: SaidMark | null;
  readonly event: SaidEvent | null;
}

/** With nothing in it: for `{...NOTHING_SAID, …}`. */
export const NOTHING_SAID = {
  identifiers: [],
  edges: [],
  traits: [],
  order: null,
  mark: null,
  event: null,
} as const satisfies Omit<Said, "messageId" | "at">;
