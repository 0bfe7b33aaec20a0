// What happened in an online channel, as a timeline tells it.

import type { Direction, EventType, Sentiment, Stage } from "../../../schema/events.ts";
import type { SubjectKey } from "../../../schema/ids.ts";
import type { Campaign, SaidProduct } from "../intake/said.ts";

export interface OnlineEvent {
  /** First, for of one instant they are in this order: the one in which a database cuts them. */
  readonly source: string;
  readonly messageId: string;
  readonly type: EventType;
  readonly name: string;
  readonly channel: string;
  readonly stage: Stage | null;
  readonly campaign: Campaign | null;
  readonly branchId: string | null;
  readonly direction: Direction | null;
  readonly sentiment: Sentiment | null;
  readonly products: readonly SaidProduct[] | null;
  readonly orderId: string | null;
  readonly valueVnd: number | null;
  /** Sealed under `event/{source}/{messageId}`. */
  readonly details: string | null;
}

/** With whose it is. */
export interface OwnedEvent {
  readonly subject: SubjectKey;
  readonly at: number;
  readonly event: OnlineEvent;
}
