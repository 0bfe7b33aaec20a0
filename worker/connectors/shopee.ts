// Shopee's pushes: that an order's status changed, and chat messages (docs/channels.md). Pushes tell no amounts and mask
// buyers; a buyer is known by the number that the chat has.

import { z } from "zod";
import { AHEAD_MS } from "../core/intake/read-told.ts";
import { NOTHING_SAID } from "../core/intake/said.ts";
import { classify } from "../core/sentiment/classify.ts";
import type { Account, Connector, Translation } from "./connector.ts";
import { NOTHING_TOLD } from "./connector.ts";
import { isHmac } from "./hmac.ts";
import { orderStatus } from "./marketplace-order.ts";
import { contentId, otherEvent, plainEvent } from "./other-event.ts";
import { dropped } from "./translations.ts";
import { any, id, record, text } from "./vendor-fields.ts";
import { vendorTime } from "./vendor-time.ts";

const CHANNEL = "shopee";
const DAY_MS = 86_400_000;

const Push = z.looseObject({
  code: id,
  shop_id: id,
  timestamp: any,
  data: any,
});
const Status = z.looseObject({ ordersn: id, status: text, update_time: any });
const Chat = z.looseObject({
  type: text,
  content: z.looseObject({
    message_id: id,
    from_id: id,
    to_id: id,
    message_type: text,
    created_timestamp: any,
    content: record({ text }),
  }),
});

/** Paid or to be paid at the door: from here on it is a sale. */
const SOLD = "READY_TO_SHIP";

const statusTold = (data: unknown, account: Account, now: number): Translation => {
  const told = Status.safeParse(data).data;
  const at = vendorTime(told?.update_time);
  if (!told || told.ordersn === null || told.status === null || at === null || at > now + AHEAD_MS)
    return dropped("unreadable", "order status: no ordersn, status or update_time");
  const { ordersn: orderId, status } = told;
  const stage = status === "UNPAID" ? "checkout" : status === SOLD ? "order" : null;
  const cancelled = status === "CANCELLED";
  return orderStatus({ orderId, status, at, channel: CHANNEL, stage, cancelled }, account);
};

/** Who of the two is the buyer is told by the shop's own number only: without it a message is nobody's. */
const chatTold = (data: unknown, { settings }: Account, now: number): Translation => {
  const parsed = Chat.safeParse(data);
  const message = parsed.data?.content;
  const at = vendorTime(message?.created_timestamp);
  if (!message || message.message_id === null || at === null || at > now + AHEAD_MS)
    return dropped("unreadable", "chat: no message_id or created_timestamp");
  const { sellerId, shopId } = settings;
  const [from, to] = [message.from_id, message.to_id];
  const sent = sellerId !== undefined && from === sellerId;
  const buyer = sent ? to : sellerId !== undefined && to === sellerId ? from : null;
  const known = buyer !== null && /^\d{1,30}$/.test(buyer);
  const said = message.content?.text ?? null;
  return {
    ...NOTHING_TOLD,
    said: [
      {
        ...NOTHING_SAID,
        messageId: `chat/${message.message_id}`,
        at,
        identifiers: known
          ? [{ kind: `shopee:${shopId}`, value: buyer, proven: true, userInitiated: !sent }]
          : [],
        event: {
          ...plainEvent("message", message.message_type ?? "message", CHANNEL),
          stage: known && !sent ? "chat" : null,
          subject: known ? 0 : null,
          direction: known ? (sent ? "out" : "in") : null,
          sentiment: known && !sent && said !== null ? classify(said) : null,
        },
      },
    ],
  };
};

export const shopee: Connector = {
  id: "shopee",
  channel: CHANNEL,
  settings: [
    {
      name: "shopId",
      about: "the shop's number, as `shop_id` in pushes",
      required: true,
      pattern: /^\d{1,30}$/,
    },
    {
      name: "sellerId",
      about: "the shop's own user number in chats; without it messages are counted and nobody's",
      required: false,
      pattern: /^\d{1,30}$/,
    },
  ],
  secrets: ["signing"],
  secretFrom: "vendor",
  // Messages that were lost can be had for three days.
  replayWindowMs: 4 * DAY_MS,
  taken: { status: 200, body: "" },

  verify: ({ raw, headers, url }, secret) =>
    isHmac({
      hash: "sha256",
      secret,
      parts: [`${url}|`, raw],
      encoding: "hex",
      given: headers.get("authorization"),
    }),

  signedAt: (payload) => vendorTime(Push.safeParse(payload).data?.timestamp),

  translate(payload, account, { raw }, now): Translation {
    const parsed = Push.safeParse(payload);
    if (!parsed.success) return dropped("unreadable", "the body is no object");
    const { code, shop_id: shopId, data } = parsed.data;
    if (shopId !== null && shopId !== account.settings["shopId"])
      return dropped("not_ours", "shop_id is another shop's");
    const ours = shopId !== null;
    if (ours && code === "3") return statusTold(data, account, now);
    if (ours && code === "10" && Chat.safeParse(data).data?.type === "message")
      return chatTold(data, account, now);
    const name = `push ${code ?? "0"}`;
    return { ...NOTHING_TOLD, said: [otherEvent(contentId(raw), now, name, CHANNEL)] };
  },
};
