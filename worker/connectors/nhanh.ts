// Nhanh.vn's webhooks: orders of a brand's tills, web shop and marketplaces (docs/channels.md). It signs nothing: whoever
// knows the token that stands in the body is believed.

import { z } from "zod";
import type { Account, Connector, Delivery, Translation } from "./connector.ts";
import { NOTHING_TOLD } from "./connector.ts";
import { type NhanhOrder, nhanhOrder } from "./nhanh-order.ts";
import { contentId, otherEvent, plainEvent } from "./other-event.ts";
import { readJson } from "./read-json.ts";
import { sameBytes } from "./same-bytes.ts";
import { type ShopOrder, shopTold } from "./shop-told.ts";
import { allOf, dropped } from "./translations.ts";
import { any, id, text } from "./vendor-fields.ts";
import { withinSecond } from "./within-second.ts";

const CHANNEL = "nhanh";

const Body = z.looseObject({ event: text, businessId: id, data: any });
const Token = z.looseObject({ webhooksVerifyToken: z.string().catch("") });

/** Papers that are sales; 14 and 16 are goods that came back, the others no sale (a quote, a move between depots). */
const SALES = new Set([1, 2, 3, 12]);
const RETURNS = new Set([14, 16]);
const AT_THE_COUNTER = 2;

const CHANNELS: Readonly<Record<number, string>> = {
  1: "admin",
  2: "web",
  10: "api",
  20: "facebook",
  21: "instagram",
  41: "lazada",
  42: "shopee",
  43: "sendo",
  45: "tiki",
  46: "zalo_oa",
  47: "web",
  48: "tiktok_shop",
  49: "zalo_oa",
  50: "shopee",
  51: "lazada",
  52: "zalo_oa",
};

const DONE = new Set(["60", "success"]);
const CANCELLED = new Set("58 61 63 64 68 carriercanceled failed canceled aborted soldout".split(" "));
const RETURNED = new Set(["72", "74", "returned", "confirmreturned"]);

const statusOf = (told: string | null): ShopOrder["status"] => {
  const status = (told ?? "").toLowerCase();
  if (DONE.has(status)) return "completed";
  if (CANCELLED.has(status)) return "cancelled";
  return RETURNED.has(status) ? "refunded" : "placed";
};

const channelOf = ({ type, saleChannel }: NhanhOrder): string =>
  type === AT_THE_COUNTER ? "pos" : (CHANNELS[saleChannel ?? -1] ?? CHANNEL);

type Told = ReturnType<typeof shopTold>;

/** That it changed, where nothing of its money is told: an end of it is a mark, for the order itself may be told yet. */
const changed = (told: Told, name: string, order: NhanhOrder, now: number): Translation => {
  const status = statusOf(order.status);
  const event = plainEvent("order", `${name} ${order.status ?? ""}`, channelOf(order));
  const said = told.event(name, order.customer, {
    messageId: `${name}/${order.id}/${order.status}`.slice(0, 200),
    at: order.updatedAt ?? now,
    event: { ...event, orderId: order.id },
  });
  if (status !== "cancelled" && status !== "refunded") return said;
  const kind = status === "cancelled" ? "cancel" : "refund";
  const at = order.updatedAt ?? now;
  const markId = `${kind}/${order.id}`;
  return allOf([said, told.mark(name, { id: markId, orderId: order.id, kind, at, amount: null })]);
};

const orderTold = (told: Told, name: string, order: NhanhOrder, now: number): Translation => {
  if (order.id === null) return dropped("unreadable", `${name}: the order's id is missing`);
  const status = statusOf(order.status);
  if (RETURNS.has(order.type ?? 0) && order.returnOf !== null && order.total !== null)
    return status === "completed"
      ? told.mark(name, {
          id: `return/${order.id}`,
          orderId: order.returnOf,
          kind: "refund",
          at: order.updatedAt ?? order.at,
          amount: order.total,
        })
      : changed(told, name, { ...order, status: null }, now);
  if (order.total === null || !SALES.has(order.type ?? 1)) return changed(told, name, order, now);
  const channel = channelOf(order);
  return told.order(name, {
    ...order,
    branch: channel === "pos" ? order.depot : null,
    channel,
    status,
    updatedAt: withinSecond(order.updatedAt, { status, givenBack: 0 }),
    total: order.total,
    // Goods that come back are an order of their own.
    net: false,
    currency: "VND",
    campaign: null,
  });
};

const deleted = (told: Told, data: unknown, now: number): Translation => {
  const { data: ids } = z.array(id).safeParse(data);
  if (!ids || ids.length === 0) return dropped("unreadable", "orderDelete: data is no list of ids");
  return allOf(
    ids.map((orderId) =>
      told.mark("orderDelete", { id: `deleted/${orderId}`, orderId, kind: "cancel", at: now, amount: null }),
    ),
  );
};

/** In the body by version 2; the vendor's pages also tell of a header. */
const tokensOf = ({ raw, headers }: Delivery): readonly string[] => {
  const body = readJson(raw);
  const { data } = Token.safeParse(body.ok ? body.json : null);
  const header = (headers.get("authorization") ?? "").replace(/^Bearer /i, "");
  return [data?.webhooksVerifyToken ?? "", headers.get("verifytoken") ?? "", header];
};

const translated = (
  { event, data }: z.infer<typeof Body>,
  { raw }: Delivery,
  account: Account,
  now: number,
): Translation => {
  const told = shopTold(account, CHANNEL, now);
  const name = event ?? "unnamed";
  switch (name) {
    case "orderAdd":
    case "orderUpdate": {
      const order = nhanhOrder(data);
      return order === null
        ? dropped("unreadable", `${name}: data is no object`)
        : orderTold(told, name, order, now);
    }
    case "orderDelete":
      return deleted(told, data, now);
    default:
      return { ...NOTHING_TOLD, said: [otherEvent(contentId(raw), now, name, CHANNEL)] };
  }
};

export const nhanh: Connector = {
  id: "nhanh",
  channel: CHANNEL,
  settings: [
    {
      name: "businessId",
      about: "the business's number at Nhanh.vn; others are not ours",
      required: false,
      pattern: /^\d{1,30}$/,
    },
  ],
  secrets: ["signing"],
  // The operator makes it up in the settings of the app at Nhanh.vn.
  secretFrom: "vendor",
  // It tells no time: a replay says what was said, and changes nothing.
  replayWindowMs: 0,
  taken: { status: 200, body: "" },

  verify(delivery, secret) {
    const ours = Buffer.from(secret);
    return tokensOf(delivery)
      .map((token) => token !== "" && sameBytes(Buffer.from(token), ours))
      .includes(true);
  },

  signedAt: () => null,

  translate(payload, account, delivery, now): Translation {
    const parsed = Body.safeParse(payload);
    if (!parsed.success) return dropped("unreadable", "the body is no object");
    const { businessId } = account.settings;
    if (businessId !== undefined && parsed.data.businessId !== businessId)
      return dropped("not_ours", "businessId is another business's");
    return translated(parsed.data, delivery, account, now);
  },
};
