import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { account, delivery, golden, NOW, translate } from "./testing/webhook.ts";
import { tiktokShop } from "./tiktok-shop.ts";

const SHOP = account({ shopId: "7494049642642441621", appKey: "app1key" });
const told = (file: string, changes: Readonly<Record<string, string>> = {}) =>
  translate(tiktokShop, golden(`tiktok-shop/${file}`, changes), {}, SHOP);

test("a webhook is proven by the app's secret over its key and the raw body", () => {
  const body = golden("tiktok-shop/order-status-change");
  const given = createHmac("sha256", "app-secret").update(`app1key${body}`).digest("hex");
  const sent = delivery(body, { authorization: given });
  expect(tiktokShop.verify(sent, "app-secret", SHOP)).toBe(true);
  expect(tiktokShop.verify(sent, "another", SHOP)).toBe(false);
  expect(tiktokShop.verify(sent, "app-secret", account({ appKey: "app2key" }))).toBe(false);
  expect(tiktokShop.verify({ ...sent, raw: Buffer.from(`${body} `) }, "app-secret", SHOP)).toBe(false);
  expect(tiktokShop.signedAt({ timestamp: 1_644_412_885 }, sent)).toBe(1_644_412_885_000);
});

test("the status of an order is an event of nobody: a webhook tells neither buyer nor amount", () => {
  expect(told("order-status-change")).toMatchObject({
    said: [
      {
        messageId: "order/576486316948490001/UNPAID/1644412885000",
        at: 1_644_412_885_000,
        identifiers: [],
        order: null,
        mark: null,
        event: {
          type: "order",
          name: "UNPAID",
          channel: "tiktok_shop",
          stage: "checkout",
          subject: null,
          orderId: "576486316948490001",
        },
      },
    ],
    drops: [],
  });
});

test.each([
  ["AWAITING_SHIPMENT", "order", false],
  ["ON_HOLD", null, false],
  ["CANCEL", null, true],
  ["CANCELLED", null, true],
  ["COMPLETED", null, false],
])("%s stands at %j, cancelled: %j", (word, stage, cancelled) => {
  const [said] = told("order-status-change", { UNPAID: word }).said;
  expect(said?.event?.stage).toBe(stage);
  expect(said?.mark?.kind ?? null).toBe(cancelled ? "cancel" : null);
});

test.each([
  [
    "cancellation-status-change",
    "cancel/4035318504086604100/CANCELLATION_REQUEST_PENDING",
    1_627_587_600_000,
  ],
  ["return-status-change", "return/576486316948490001/RETURN_OR_REFUND_REQUEST_PENDING", 1_644_412_885_000],
])("a request may be of a part, and no amount is told: %s takes nothing off", (file, messageId, at) => {
  expect(told(file).said).toMatchObject([
    { messageId, at, mark: null, event: { type: "order", orderId: "576486316948490001", subject: null } },
  ]);
});

test("a chat message joins those of its chat, names nobody, and its words are not kept", () => {
  const { said } = told("new-message", { '\\"444\\"': '\\"tuyệt vời\\"' });
  expect(said).toMatchObject([
    {
      messageId: "chat/722323407926368819",
      at: 1_681_790_246_000,
      identifiers: [],
      event: {
        type: "message",
        name: "TEXT",
        stage: "chat",
        anonymous: "707885565181165594",
        direction: "in",
        sentiment: "positive",
      },
    },
  ]);
  expect(JSON.stringify(said)).not.toContain("tuyệt");
  expect(told("new-message", { BUYER: "CUSTOMER_SERVICE" }).said[0]?.event).toMatchObject({
    direction: "out",
    anonymous: null,
    sentiment: null,
  });
});

test("another shop's webhooks are not ours, and other types are kept by their number", () => {
  expect(told("order-status-change", { "7494049642642441621": "1" })).toMatchObject({
    said: [],
    drops: [{ reason: "not_ours" }],
  });
  expect(told("product-types").said).toMatchObject([
    {
      messageId: "16/7327112393057371910",
      at: NOW,
      event: { type: "other", name: "type 16", details: null },
    },
  ]);
});

test("an order's number keeps every digit", () => {
  const [said] = told("order-status-change", { '"576486316948490001"': "576486316948490001" }).said;
  expect(said?.event?.orderId).toBe("576486316948490001");
});
