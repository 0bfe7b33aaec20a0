// TikTok Shop's webhooks: that an order's status changed, cancellations, returns and chat messages (docs/channels.md). They
// tell no amounts and no buyer; a chat has a number of its own for the buyer, which no order has.

import { z } from "zod";
import { AHEAD_MS } from "../core/intake/read-told.ts";
import { NOTHING_SAID, type SaidEvent } from "../core/intake/said.ts";
import { classify } from "../core/sentiment/classify.ts";
import type { Account, Connector, Translation } from "./connector.ts";
import { NOTHING_TOLD } from "./connector.ts";
import { isHmac } from "./hmac.ts";
import { orderStatus } from "./marketplace-order.ts";
import { contentId, otherEvent, plainEvent } from "./other-event.ts";
import { dropped } from "./translations.ts";
import { any, id, record, text } from "./vendor-fields.ts";
import { vendorTime } from "./vendor-time.ts";

const CHANNEL = "tiktok_shop";
const DAY_MS = 86_400_000;

const Hook = z.looseObject({
  type: id,
  tts_notification_id: id,
  shop_id: id,
  timestamp: any,
  data: any,
});
const Data = z.looseObject({
  order_id: id,
  order_status: text,
  cancel_status: text,
  cancel_id: id,
  return_status: text,
  return_id: id,
  update_time: any,
  create_time: any,
});
const Chat = z.looseObject({
  message_id: id,
  type: text,
  content: text,
  create_time: any,
  sender: record({ im_user_id: id, role: text }),
});
const Content = z.looseObject({ content: text });

/** Paid or to be paid at the door: from here on it is a sale. */
const SOLD = "AWAITING_SHIPMENT";

type Told = z.infer<typeof Data>;

const isTime = (at: number | null, now: number): at is number => at !== null && at <= now + AHEAD_MS;

const statusTold = ({ order_id: orderId, ...data }: Told, account: Account, now: number): Translation => {
  const { order_status: status } = data;
  const at = vendorTime(data.update_time);
  if (orderId === null || status === null || !isTime(at, now))
    return dropped("unreadable", "order status: no order_id, order_status or update_time");
  const stage = status === "UNPAID" ? "checkout" : status === SOLD ? "order" : null;
  return orderStatus(
    { orderId, status, at, channel: CHANNEL, stage, cancelled: /^CANCEL(?:LED)?$/.test(status) },
    account,
  );
};

/** May be of part of an order, and no amount is told: an event only. The order's own status tells of a whole one. */
const requestTold = (name: "cancel" | "return", data: Told, now: number): Translation => {
  const [status, requestId] =
    name === "cancel" ? [data.cancel_status, data.cancel_id] : [data.return_status, data.return_id];
  const at = vendorTime(data.update_time) ?? vendorTime(data.create_time);
  if (data.order_id === null || status === null || !isTime(at, now))
    return dropped("unreadable", `${name}: no order_id, ${name}_status or time`);
  const event = { ...plainEvent("order", status, CHANNEL), orderId: data.order_id };
  const messageId = `${name}/${requestId ?? data.order_id}/${status}`.slice(0, 200);
  return { ...NOTHING_TOLD, said: [{ ...NOTHING_SAID, messageId, at, event }] };
};

const textOf = (content: string | null): string | null => {
  try {
    return Content.safeParse(JSON.parse(content ?? "")).data?.content ?? null;
  } catch {
    return null;
  }
};

/** Nobody is named: the number of the buyer in a chat is not the one of orders, and only joins messages of that chat. */
const chatTold = (data: unknown, now: number): Translation => {
  const message = Chat.safeParse(data).data;
  const at = vendorTime(message?.create_time);
  if (!message || message.message_id === null || !isTime(at, now))
    return dropped("unreadable", "chat: no message_id or create_time");
  const role = message.sender?.role ?? null;
  const bought = role === "BUYER";
  const said = message.type === "TEXT" ? textOf(message.content) : null;
  const direction: SaidEvent["direction"] = role === null || role === "SYSTEM" ? null : bought ? "in" : "out";
  const event: SaidEvent = {
    ...plainEvent("message", message.type ?? "message", CHANNEL),
    stage: bought ? "chat" : null,
    anonymous: bought ? (message.sender?.im_user_id ?? null) : null,
    direction,
    sentiment: bought && said !== null ? classify(said) : null,
  };
  return {
    ...NOTHING_TOLD,
    said: [{ ...NOTHING_SAID, messageId: `chat/${message.message_id}`, at, event }],
  };
};

export const tiktokShop: Connector = {
  id: "tiktok-shop",
  channel: CHANNEL,
  settings: [
    {
      name: "shopId",
      about: "the shop's number, as `shop_id` in webhooks",
      required: true,
      pattern: /^\d{1,30}$/,
    },
    {
      name: "appKey",
      about: "the app's key: it is signed with the body",
      required: true,
      pattern: /^\w{1,60}$/,
    },
  ],
  secrets: ["signing"],
  secretFrom: "vendor",
  // Tried again for three days.
  replayWindowMs: 4 * DAY_MS,
  taken: { status: 200, body: "" },

  verify: ({ raw, headers }, secret, { settings }) =>
    isHmac({
      hash: "sha256",
      secret,
      parts: [settings["appKey"] ?? "", raw],
      encoding: "hex",
      given: headers.get("authorization"),
    }),

  signedAt: (payload) => vendorTime(Hook.safeParse(payload).data?.timestamp),

  translate(payload, account, { raw }, now): Translation {
    const parsed = Hook.safeParse(payload);
    if (!parsed.success) return dropped("unreadable", "the body is no object");
    const { type, shop_id: shopId, tts_notification_id: notification, data } = parsed.data;
    if (shopId !== null && shopId !== account.settings["shopId"])
      return dropped("not_ours", "shop_id is another shop's");
    const order = shopId === null ? undefined : Data.safeParse(data).data;
    if (type === "1" && order) return statusTold(order, account, now);
    if (type === "11" && order) return requestTold("cancel", order, now);
    if (type === "12" && order) return requestTold("return", order, now);
    if (type === "14" && shopId !== null) return chatTold(data, now);
    const messageId = notification === null ? contentId(raw) : `${type}/${notification}`;
    return { ...NOTHING_TOLD, said: [otherEvent(messageId, now, `type ${type ?? "0"}`, CHANNEL)] };
  },
};
