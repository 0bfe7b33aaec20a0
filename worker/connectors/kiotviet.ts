// KiotViet's webhooks: customers and invoices of a brand's tills (docs/channels.md). An order (`đặt hàng`) becomes an
// invoice when it is sold, so only invoices are orders here and an order is an event.

import { z } from "zod";
import type { Account, Connector, Delivery, Translation } from "./connector.ts";
import { NOTHING_TOLD } from "./connector.ts";
import { isHmac } from "./hmac.ts";
import { contentId, otherEvent, plainEvent } from "./other-event.ts";
import { type ShopOrder, shopTold } from "./shop-told.ts";
import { allOf, dropped } from "./translations.ts";
import { amount, flag, id, list, text } from "./vendor-fields.ts";
import { vendorTime } from "./vendor-time.ts";

const CHANNEL = "pos";

const Body = z.looseObject({ Notifications: list });
/** How often it was tried: the only part of a webhook that a repeat has otherwise. */
const ATTEMPT = "Attempt";
const Notification = z.looseObject({ Action: text, Data: list });
const Sale = z.looseObject({
  Code: id,
  PurchaseDate: text,
  ModifiedDate: text,
  BranchId: id,
  CustomerCode: text,
  CustomerName: text,
  Total: amount,
  Status: amount,
  InvoiceDetails: list,
});
const Line = z.looseObject({ ProductCode: text, ProductName: text, Quantity: amount });
const Customer = z.looseObject({
  Code: text,
  Name: text,
  Gender: flag,
  BirthDate: text,
  ContactNumber: text,
  Email: text,
  ModifiedDate: text,
});

/** 1 done, 2 cancelled, 3 in work, 5 could not be delivered. */
const statusOf = (status: number | null): ShopOrder["status"] => {
  if (status === 1) return "completed";
  return status === 2 || status === 5 ? "cancelled" : "placed";
};

type Told = ReturnType<typeof shopTold>;

const invoice = (told: Told, what: string, raw: unknown): Translation => {
  const parsed = Sale.safeParse(raw);
  if (!parsed.success) return dropped("unreadable", `${what}: no object`);
  const sale = parsed.data;
  return told.order(what, {
    id: sale.Code,
    at: vendorTime(sale.PurchaseDate),
    updatedAt: vendorTime(sale.ModifiedDate),
    branch: sale.BranchId,
    channel: CHANNEL,
    status: statusOf(sale.Status),
    total: sale.Total,
    // Goods that come back are papers of their own, which no webhook tells of.
    net: false,
    currency: "VND",
    items: sale.InvoiceDetails.flatMap((line) => {
      const { data } = Line.safeParse(line);
      return data ? [{ name: data.ProductName, quantity: data.Quantity, sku: data.ProductCode }] : [];
    }),
    customer: { code: sale.CustomerCode, name: sale.CustomerName },
    campaign: null,
  });
};

/** Once an order, however often it changes: what becomes of it is its invoice. */
const ordered = (told: Told, what: string, raw: unknown, account: Account): Translation => {
  const { data } = Sale.safeParse(raw);
  const at = vendorTime(data?.PurchaseDate);
  if (!data || data.Code === null || at === null)
    return dropped("unreadable", `${what}: no object with Code and PurchaseDate`);
  const branchId = data.BranchId === null ? null : account.branchOf(data.BranchId);
  const valueVnd = data.Total === null ? null : Math.round(data.Total);
  const event = plainEvent("order", "order.update", CHANNEL);
  return told.event(
    what,
    { code: data.CustomerCode, name: data.CustomerName },
    {
      messageId: `order.update/${data.Code}`,
      at,
      event: { ...event, stage: "checkout", orderId: data.Code, branchId, valueVnd },
    },
  );
};

const customer = (told: Told, what: string, raw: unknown): Translation => {
  const parsed = Customer.safeParse(raw);
  if (!parsed.success) return dropped("unreadable", `${what}: no object`);
  const one = parsed.data;
  return told.customer(
    what,
    {
      code: one.Code,
      phone: one.ContactNumber,
      email: one.Email,
      name: one.Name,
      birthday: one.BirthDate?.slice(0, 10),
      gender: one.Gender === null ? null : one.Gender ? "male" : "female",
      updatedAt: vendorTime(one.ModifiedDate),
    },
    `customer/${contentId(JSON.stringify(raw))}`,
  );
};

/** Of another action only the name is kept. */
const READERS: Readonly<
  Record<string, (told: Told, what: string, raw: unknown, account: Account) => Translation>
> = { "invoice.update": invoice, "order.update": ordered, "customer.update": customer };

/** They ask for a secret in base64, and sign with its text or with its bytes. */
const keysOf = (secret: string): readonly (string | Uint8Array)[] => {
  const bytes = /^[A-Za-z0-9+/_-]+={0,2}$/.test(secret) ? Buffer.from(secret, "base64") : Buffer.alloc(0);
  return bytes.length === 0 ? [secret] : [secret, bytes];
};

const nameOf = ({ headers }: Delivery): string => headers.get("x-webhook-event") ?? "unnamed";

export const kiotviet: Connector = {
  id: "kiotviet",
  channel: CHANNEL,
  settings: [],
  secrets: ["signing"],
  // The operator makes it up, and in base64: KiotViet takes no other.
  secretFrom: "vendor",
  // It signs no time: a replay says what was said, and changes nothing.
  replayWindowMs: 0,
  taken: { status: 200, body: "" },

  verify({ raw, headers }, secret) {
    // `sha1=` may stand before a SHA-256: the length of the digest tells.
    const given = (headers.get("x-hub-signature") ?? "").trim().replace(/^sha(?:1|256)=/i, "");
    const hex = /^[0-9a-f]+$/i.test(given) && (given.length === 40 || given.length === 64);
    const hash = given.length === 40 || given.length === 28 ? "sha1" : "sha256";
    return keysOf(secret)
      .map((key) => isHmac({ hash, secret: key, parts: [raw], encoding: hex ? "hex" : "base64", given }))
      .includes(true);
  },

  signedAt: () => null,

  translate(payload, account, delivery, now): Translation {
    const parsed = Body.safeParse(payload);
    if (!parsed.success) return dropped("unreadable", "the body is no object");
    const told = shopTold(account, CHANNEL, now);
    const unnamed = (name: string, content: string): Translation => ({
      ...NOTHING_TOLD,
      said: [otherEvent(contentId(name, content), now, name, CHANNEL)],
    });
    if (parsed.data.Notifications.length === 0)
      return unnamed(nameOf(delivery), JSON.stringify({ ...parsed.data, [ATTEMPT]: null }));
    return allOf(
      parsed.data.Notifications.flatMap((raw, index) => {
        const { data } = Notification.safeParse(raw);
        // The shop's number may stand behind it: `invoice.update.1234`.
        const action = data?.Action?.split(".").slice(0, 2).join(".") ?? nameOf(delivery);
        const read = READERS[action];
        if (read === undefined) return [unnamed(action, JSON.stringify(raw))];
        const entries = data?.Data ?? [];
        if (entries.length === 0)
          return [dropped("unreadable", `${action}: Notifications.${index}.Data is no list, or empty`)];
        return entries.map((one, at) =>
          read(told, `${action}: Notifications.${index}.Data.${at}`, one, account),
        );
      }),
    );
  },
};
