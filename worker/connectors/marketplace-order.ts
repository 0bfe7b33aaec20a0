// That the status of a marketplace's order changed. Its pushes tell neither the buyer nor any amount, so it is an event of
// nobody; a cancellation is a mark as well, for a till may tell the order itself.

import type { Stage } from "../../schema/events.ts";
import { NOTHING_SAID, type Said } from "../core/intake/said.ts";
import type { Account, Translation } from "./connector.ts";
import { NOTHING_TOLD } from "./connector.ts";
import { plainEvent } from "./other-event.ts";

export interface OrderStatus {
  readonly orderId: string;
  /** The vendor's own word. */
  readonly status: string;
  readonly at: number;
  readonly channel: string;
  readonly stage: Stage | null;
  readonly cancelled: boolean;
}

export const orderStatus = (
  { orderId, status, at, channel, stage, cancelled }: OrderStatus,
  { orderBook: book }: Account,
): Translation => {
  const event = { ...plainEvent("order", status, channel), stage, orderId };
  const messageId = `order/${orderId}/${status}/${at}`.slice(0, 200);
  const markId = `cancel/${orderId}`;
  const mark: Said["mark"] = cancelled
    ? { book, orderId, markId, kind: "cancel", at, amountVnd: null }
    : null;
  return { ...NOTHING_TOLD, said: [{ ...NOTHING_SAID, messageId, at, event, mark }] };
};
