import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { sapo } from "./sapo.ts";
import { account, delivery, golden, translate } from "./testing/webhook.ts";

const topic = (name: string) => ({ "x-sapo-topic": name });
const AT = Date.UTC(2026, 3, 29, 19, 17, 27);

test("a webhook is proven by the secret of the app over its raw body", () => {
  const body = golden("sapo/orders-create");
  const given = createHmac("sha256", "api-secret").update(body).digest("base64");
  const proven = (text: string, secret: string) =>
    sapo.verify(delivery(text, { "x-sapo-hmac-sha256": given }), secret, account());
  expect(proven(body, "api-secret")).toBe(true);
  expect(proven(body, "another")).toBe(false);
  expect(proven(body.replace("150000", "150001"), "api-secret")).toBe(false);
  expect(sapo.verify(delivery(body), "api-secret", account())).toBe(false);
});

test("an order is its customer's, by the channel that the shop names", () => {
  expect(translate(sapo, golden("sapo/orders-create"), topic("orders/create"))).toEqual({
    said: [
      {
        messageId: `174107276/${AT}`,
        at: AT,
        identifiers: [
          { kind: "customer:shop", value: "42145427", proven: false, userInitiated: true },
          { kind: "phone", value: "+84912001002", proven: false, userInitiated: true },
          { kind: "email", value: "khach.mau@quen.vn", proven: false, userInitiated: true },
        ],
        edges: [
          { a: 0, b: 1, trust: 2 },
          { a: 0, b: 2, trust: 2 },
        ],
        traits: [{ name: "name", value: "Khách Mẫu", proven: false, at: AT }],
        order: {
          book: "book",
          orderId: "174107276",
          at: AT,
          updatedAt: AT,
          branchId: null,
          channel: "facebook",
          status: "placed",
          totalVnd: 150_000,
          net: true,
          currency: "VND",
          total: "150000",
          items: [{ name: "Sữa tắm Dove", quantity: 1, sku: "SKU30" }],
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
  ['"status": "open"', '"status": "cancelled"', { status: "cancelled" }],
  ['"status": "open"', '"status": "closed"', { status: "completed" }],
  ['"financial_status": "pending"', '"financial_status": "paid"', { status: "completed", totalVnd: 150_000 }],
  ['"total_refunded": 0.0', '"total_refunded": 50000.0', { totalVnd: 100_000 }],
  ['"source_name": "facebook"', '"source_name": "pos"', { channel: "pos", branchId: "b-1" }],
])("an order with %s as %s is %j", (from, to, expected) => {
  const body = golden("sapo/orders-create", { [from]: to });
  expect(translate(sapo, body, topic("orders/updated")).said[0]?.order).toMatchObject(expected);
});

test("of two tellings of one second the one that is later in the life of an order is the newer", () => {
  const told = (changes: Readonly<Record<string, string>>) =>
    translate(sapo, golden("sapo/orders-create", changes), topic("orders/updated")).said[0]?.order?.updatedAt;
  const paid = { '"financial_status": "pending"': '"financial_status": "paid"' };
  const lives = [
    {},
    paid,
    { ...paid, '"total_refunded": 0.0': '"total_refunded": 50000.0' },
    { ...paid, '"status": "open"': '"status": "cancelled"' },
    { '"financial_status": "pending"': '"financial_status": "refunded"' },
  ];
  expect(lives.map(told)).toEqual([AT, AT + 1, AT + 2, AT + 3, AT + 4]);
});

test("an order under its own name is the same one", () => {
  const bare = golden("sapo/orders-create");
  const within = translate(sapo, `{"order":${bare}}`, topic("orders/updated"));
  expect(within).toEqual(translate(sapo, bare, topic("orders/updated")));
});

test("a refund is a mark of its order, and a customer is told by what the shop keeps", () => {
  const refund = translate(sapo, golden("sapo/refunds-create"), topic("refunds/create"));
  expect(refund.said[0]?.mark).toEqual({
    book: "book",
    orderId: "174107276",
    markId: "25412855",
    kind: "refund",
    at: Date.UTC(2026, 3, 30, 8, 0, 9),
    amountVnd: 150_000,
  });
  const customer = translate(sapo, golden("sapo/customers-update"), topic("customers/update"));
  expect(customer.said[0]).toMatchObject({
    identifiers: [
      { kind: "customer:shop", value: "1001" },
      { kind: "phone", value: "+84901234567" },
    ],
    traits: [
      { name: "name", value: "Nguyễn Văn A" },
      { name: "birthday", value: "1990-05-15" },
      { name: "gender", value: "male" },
    ],
  });
  expect(customer.left).toEqual([{ field: "email", reason: "blocked_value" }]);
});

test("masked values of a marketplace's order name nobody, and an order of nobody is not used", () => {
  const body = golden("sapo/orders-create", {
    "0912001002": "******02",
    "khach.mau@quen.vn": "****@quen.vn",
    '"id": 42145427': '"id": 0',
  });
  const { said, drops, left } = translate(sapo, body, topic("orders/create"));
  expect(said).toEqual([]);
  expect(drops).toMatchObject([{ reason: "no_identifier" }]);
  expect(left).toContainEqual({ field: "customer.phone", reason: "not_a_phone" });
});
