import { describe, expect, test } from "vitest";
import { nhanh } from "./nhanh.ts";
import { account, delivery, golden, NOW, translate } from "./testing/webhook.ts";

const TOKEN = "a-token-that-the-shop-chose";
const AT = 1_791_171_000_000;
const v3 = (changes: Readonly<Record<string, string>> = {}) =>
  translate(nhanh, golden("nhanh/order-update-v3", changes));

describe("a webhook is believed by the token that the shop chose", () => {
  const body = golden("nhanh/order-add-v2");
  test.each([
    ["in its body", body, {}, true],
    ["another one", body.replace(TOKEN, "another"), {}, false],
    ["none", body.replace("webhooksVerifyToken", "token"), {}, false],
    ["in a header", "{}", { authorization: TOKEN }, true],
    ["as a bearer", "{}", { authorization: `Bearer ${TOKEN}` }, true],
    ["in its own header", "{}", { verifytoken: TOKEN }, true],
    ["and no JSON", "{", {}, false],
  ])("%s", (_, text, headers, believed) => {
    expect(nhanh.verify(delivery(text, headers), TOKEN, account())).toBe(believed);
    expect(nhanh.verify(delivery(text, headers), "", account())).toBe(false);
  });
});

test("an order of version 3 at the counter is sold at its branch, for what its goods cost", () => {
  expect(v3()).toEqual({
    said: [
      {
        messageId: `125002/${AT + 600_001}`,
        at: AT,
        identifiers: [
          { kind: "customer:shop", value: "1001", proven: false, userInitiated: true },
          { kind: "phone", value: "+84912001002", proven: false, userInitiated: true },
        ],
        edges: [{ a: 0, b: 1, trust: 2 }],
        traits: [{ name: "name", value: "Khách Mẫu", proven: false, at: AT + 600_001 }],
        order: {
          book: "book",
          orderId: "125002",
          at: AT,
          updatedAt: AT + 600_001,
          branchId: "b-1",
          channel: "pos",
          status: "completed",
          totalVnd: 175_000,
          net: false,
          currency: "VND",
          total: "175000",
          items: [{ name: "Sản phẩm mẫu", quantity: 2, sku: "SP01" }],
        },
        mark: null,
        event: null,
      },
    ],
    erase: [],
    drops: [],
    left: [],
  });
});

test.each([
  [54, "placed"],
  [60, "completed"],
  [63, "cancelled"],
  [64, "cancelled"],
  [72, "refunded"],
  [12_345, "placed"],
])("status %i is %s", (code, status) => {
  expect(v3({ '"status": 60': `"status": ${code}` }).said[0]?.order?.status).toBe(status);
});

test.each([
  [42, "shopee"],
  [48, "tiktok_shop"],
  [2, "web"],
  [99, "nhanh"],
])("a delivery by channel %i is an order of %s, at no branch", (code, channel) => {
  const told = v3({ '"type": 2': '"type": 1', '"saleChannel": 1': `"saleChannel": ${code}` });
  expect(told.said[0]?.order).toMatchObject({ channel, branchId: null });
  expect(told.left).toEqual([]);
});

test("an order of version 2 is worth what is collected of the customer, at Vietnam's time", () => {
  const { said } = translate(nhanh, golden("nhanh/order-add-v2"));
  expect(said[0]?.order).toMatchObject({
    orderId: "125001",
    at: Date.UTC(2026, 9, 5, 3, 30),
    channel: "web",
    status: "placed",
    totalVnd: 1_480_000,
    items: [{ name: "1231279582", quantity: 1 }],
  });
});

test("a change of version 2 tells no money: it is an event, and an end of the order a mark", () => {
  const { said } = translate(nhanh, golden("nhanh/order-update-v2"));
  expect(said).toMatchObject([
    {
      messageId: "orderUpdate/125001/Canceled",
      at: NOW,
      event: { type: "order", orderId: "125001", subject: null },
    },
    {
      mark: { orderId: "125001", markId: "cancel/125001", kind: "cancel", at: NOW, amountVnd: null },
      event: null,
    },
  ]);
  const returned = translate(nhanh, golden("nhanh/order-update-v2", { Canceled: "Returned" }));
  expect(returned.said[1]?.mark).toMatchObject({ kind: "refund", amountVnd: null });
  expect(translate(nhanh, golden("nhanh/order-update-v2", { Canceled: "Packing" })).said).toHaveLength(1);
});

test("goods that came back are a refund of their order, and a quote is no sale", () => {
  const back = v3({ '"type": 2': '"type": 14', '"idReturn": 0': '"idReturn": 125001' });
  expect(back.said).toMatchObject([
    { order: null, mark: { orderId: "125001", markId: "return/125002", kind: "refund", amountVnd: 175_000 } },
  ]);
  const quote = v3({ '"type": 2': '"type": 10', '"status": 60': '"status": 54' });
  expect(quote.said).toMatchObject([
    { order: null, mark: null, event: { type: "order", orderId: "125002" } },
  ]);
});

test("orders that were deleted do not count", () => {
  const { said } = translate(nhanh, golden("nhanh/order-delete"));
  expect(said.map(({ mark }) => [mark?.orderId, mark?.kind, mark?.amountVnd])).toEqual([
    ["12345", "cancel", null],
    ["12346", "cancel", null],
  ]);
});

test("another business's webhooks are not ours, and other events are kept by their name", () => {
  const to = account({ businessId: "7" });
  expect(translate(nhanh, golden("nhanh/order-add-v2"), {}, to)).toMatchObject({
    said: [],
    drops: [{ reason: "not_ours" }],
  });
  expect(translate(nhanh, '{"event":"webhooksEnabled"}').said).toMatchObject([
    { identifiers: [], event: { type: "other", name: "webhooksEnabled", details: null } },
  ]);
});

test("the digits of a customer's number are kept, and a masked phone is no phone", () => {
  const { said, left } = v3({
    '"shippingAddress": {\n      "id": 1001': '"shippingAddress": {\n      "id": 9007199254740993',
    "0912001002": "0912***002",
  });
  expect(said[0]?.identifiers.map(({ value }) => value)).toEqual(["9007199254740993"]);
  expect(left).toEqual([{ field: "customer.phone", reason: "not_a_phone" }]);
});

test("goods whose price or number cannot be read are worth nothing that could be told", () => {
  for (const changes of [
    { '"quantity": 2': '"quantity": "2.000"' },
    { '"price": 100000': '"price": "100.000"' },
  ])
    expect(v3(changes).said).toMatchObject([{ order: null, event: { type: "order", orderId: "125002" } }]);
});

test("an order without an id is not used, and the field is named", () => {
  expect(v3({ '"id": 125002': '"id": 0' })).toMatchObject({
    said: [],
    drops: [{ reason: "unreadable", detail: "orderUpdate: the order's id is missing" }],
  });
});
