import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { kiotviet } from "./kiotviet.ts";
import { account, delivery, golden, NOW, translate } from "./testing/webhook.ts";

const SECRET = Buffer.from("a secret of the tests").toString("base64");
const BODY = golden("kiotviet/invoice-update");
const AT = Date.UTC(2026, 9, 5, 3, 30);

describe("a webhook of KiotViet is proven", () => {
  const mac = (hash: string, key: string | Uint8Array, encoding: "hex" | "base64") =>
    createHmac(hash, key).update(BODY).digest(encoding);
  const bytes = Buffer.from(SECRET, "base64");
  const proven = (signature: string, secret = SECRET, body = BODY) =>
    kiotviet.verify(delivery(body, { "x-hub-signature": signature }), secret, account());

  test.each([
    ["as its page says", mac("sha256", SECRET, "hex")],
    ["under another hash's name", `sha1=${mac("sha256", SECRET, "hex")}`],
    ["by SHA-1", `sha1=${mac("sha1", SECRET, "hex")}`],
    ["by the bytes of its secret", `sha256=${mac("sha256", bytes, "hex")}`],
    ["in base64", mac("sha256", SECRET, "base64")],
    ["in large letters", mac("sha256", SECRET, "hex").toUpperCase()],
  ])("%s", (_, signature) => {
    expect(proven(signature)).toBe(true);
    expect(proven(signature, Buffer.from("another secret").toString("base64"))).toBe(false);
    expect(proven(signature, SECRET, BODY.replace("710289", "710288"))).toBe(false);
  });

  test.each(["", "sha1=", "sha256=zz", "=", `sha1=${"0".repeat(64)}`, "Ω"])("not by %j", (signature) =>
    expect(proven(encodeURI(signature))).toBe(false),
  );
});

test("an invoice is an order of the till, at Vietnam's time, with the branch where it was sold", () => {
  expect(translate(kiotviet, BODY)).toEqual({
    said: [
      {
        messageId: `HD000123/${AT + 80_500}`,
        at: AT,
        identifiers: [{ kind: "customer:shop", value: "KH000012", proven: false, userInitiated: true }],
        edges: [],
        traits: [{ name: "name", value: "Khách Mẫu", proven: false, at: AT + 80_500 }],
        order: {
          book: "book",
          orderId: "HD000123",
          at: AT,
          updatedAt: AT + 80_500,
          branchId: "b-1",
          channel: "pos",
          status: "completed",
          totalVnd: 710_289,
          net: false,
          currency: "VND",
          total: "710289",
          items: [{ name: "Sản phẩm mẫu", quantity: 2, sku: "SP000120" }],
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
  ['"Status": 1', '"Status": 2', "cancelled"],
  ['"Status": 1', '"Status": 3', "placed"],
  ['"Status": 1', '"Status": 5', "cancelled"],
])("of an invoice with %s as %s the status is %s", (from, to, status) => {
  const body = golden("kiotviet/invoice-update", { [from]: to });
  expect(translate(kiotviet, body).said[0]?.order?.status).toBe(status);
});

test("an invoice that was never changed is as old as its sale", () => {
  const body = golden("kiotviet/invoice-update", { '"2026-10-05T10:31:20.5000000"': "null" });
  expect(translate(kiotviet, body).said[0]?.order).toMatchObject({ at: AT, updatedAt: AT });
});

test("a customer is known by code, phone and e-mail, as somebody at the till wrote them", () => {
  const { said, drops, left } = translate(kiotviet, golden("kiotviet/customer-update"));
  expect({ drops, left }).toEqual({ drops: [], left: [] });
  expect(said).toMatchObject([
    {
      at: Date.UTC(2026, 9, 5, 2, 15, 0, 123),
      identifiers: [
        { kind: "customer:shop", value: "KH000012", userInitiated: false },
        { kind: "phone", value: "+84912001002", userInitiated: false },
        { kind: "email", value: "khach.mau@quen.vn", userInitiated: false },
      ],
      edges: [
        { a: 0, b: 1, trust: 2 },
        { a: 0, b: 2, trust: 2 },
      ],
      traits: [
        { name: "name", value: "Khách Mẫu" },
        { name: "birthday", value: "1990-05-15" },
        { name: "gender", value: "female" },
      ],
      order: null,
      event: null,
    },
  ]);
  expect(said[0]?.messageId).not.toMatch(/KH000012|912001002/);
});

test("an order that is no invoice yet is one event, however often it changes", () => {
  const [first] = translate(kiotviet, golden("kiotviet/order-update")).said;
  expect(first).toMatchObject({
    messageId: "order.update/DH000045",
    at: Date.UTC(2026, 9, 4, 13),
    order: null,
    event: { type: "order", name: "order.update", stage: "checkout", subject: 0, orderId: "DH000045" },
  });
  const changed = golden("kiotviet/order-update", { '"Status": 1': '"Status": 3' });
  expect(translate(kiotviet, changed).said[0]?.messageId).toBe(first?.messageId);
});

test("the shop's number behind an action is none of its name", () => {
  const body = golden("kiotviet/invoice-update", { '"invoice.update"': '"invoice.update.500"' });
  expect(translate(kiotviet, body).said[0]?.order?.orderId).toBe("HD000123");
});

test.each([
  [golden("kiotviet/stock-update"), "stock.update"],
  ['{"RemoveId":[9007199254740993]}', "customer.delete"],
])("what it has no meaning for is kept by its name: %#", (body, name) => {
  const { said, drops } = translate(kiotviet, body, { "x-webhook-event": "customer.delete" });
  expect(drops).toEqual([]);
  expect(said).toMatchObject([{ at: NOW, identifiers: [], event: { type: "other", name, details: null } }]);
});

test("what is tried again is the same, whatever counts the attempts", () => {
  const idOf = (body: string) =>
    translate(kiotviet, body, { "x-webhook-event": "customer.delete" }).said[0]?.messageId;
  const first = idOf('{"Id":"w1","Attempt":1,"RemoveId":[7]}');
  expect(idOf('{"Id":"w1","Attempt":2,"RemoveId":[7]}')).toBe(first);
  expect(idOf('{"Id":"w2","Attempt":1,"RemoveId":[7]}')).not.toBe(first);
});

test.each([
  ["HD000123", "", "invoice.update: Notifications.0.Data.0: id is missing or no id"],
  ["2026-10-05T10:30:00.0000000", "", "invoice.update: Notifications.0.Data.0: time is missing or no time"],
  ["710289.0", '"?"', "invoice.update: Notifications.0.Data.0: total is missing or no total"],
])("an invoice without %s is not used, and the field is named", (from, to, detail) => {
  const { said, drops } = translate(kiotviet, golden("kiotviet/invoice-update", { [from]: to }));
  expect({ said, drops }).toEqual({ said: [], drops: [{ reason: "unreadable", detail }] });
});

test("an invoice of nobody, of a time to come or of an unknown branch says so", () => {
  const nobody = golden("kiotviet/invoice-update", { KH000012: "Khách lẻ" });
  expect(translate(kiotviet, nobody).drops).toMatchObject([{ reason: "no_identifier" }]);
  const ahead = golden("kiotviet/invoice-update", { "2026-10-05T10:30": "2026-12-05T10:30" });
  expect(translate(kiotviet, ahead).drops).toMatchObject([{ reason: "unreadable" }]);
  const elsewhere = translate(kiotviet, golden("kiotviet/invoice-update", { "3498": "3499" }));
  expect(elsewhere.said[0]?.order?.branchId).toBeNull();
  expect(elsewhere.left).toEqual([{ field: "branchId", reason: "unknown_branch" }]);
});

test("a masked phone is no phone", () => {
  const { said, left } = translate(
    kiotviet,
    golden("kiotviet/customer-update", { "0912001002": "09*****002" }),
  );
  expect(said[0]?.identifiers.map(({ kind }) => kind)).toEqual(["customer:shop", "email"]);
  expect(left).toEqual([{ field: "phone", reason: "not_a_phone" }]);
});
