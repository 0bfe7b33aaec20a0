import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { shopee } from "./shopee.ts";
import { account, delivery, golden, NOW, translate } from "./testing/webhook.ts";

const SELLER = account({ shopId: "137000001", sellerId: "947000002" });
const status = (changes: Readonly<Record<string, string>> = {}) =>
  translate(shopee, golden("shopee/order-status", changes), {}, SELLER);
const chat = (changes: Readonly<Record<string, string>> = {}, to = SELLER) =>
  translate(shopee, golden("shopee/webchat", changes), {}, to);

test("a push is proven by the partner key over the address and the raw body", () => {
  const body = golden("shopee/order-status");
  const url = "https://quen.test/hooks/x/shop";
  const given = createHmac("sha256", "partner-key").update(`${url}|${body}`).digest("hex");
  const sent = delivery(body, { authorization: given });
  expect(shopee.verify(sent, "partner-key", SELLER)).toBe(true);
  expect(shopee.verify(sent, "another", SELLER)).toBe(false);
  expect(shopee.verify({ ...sent, url: "https://elsewhere.test/x" }, "partner-key", SELLER)).toBe(false);
  expect(
    shopee.verify(
      { ...sent, raw: Buffer.from(body.replace("PROCESSED", "CANCELLED")) },
      "partner-key",
      SELLER,
    ),
  ).toBe(false);
  expect(shopee.signedAt({ timestamp: 1_741_645_463 }, sent)).toBe(1_741_645_463_000);
  expect(shopee.signedAt([], sent)).toBeNull();
});

test("the status of an order is an event of nobody: a push tells neither buyer nor amount", () => {
  expect(status()).toMatchObject({
    said: [
      {
        messageId: "order/2503110AAAAAA1/PROCESSED/1741645463000",
        at: 1_741_645_463_000,
        identifiers: [],
        order: null,
        mark: null,
        event: {
          type: "order",
          name: "PROCESSED",
          channel: "shopee",
          stage: null,
          subject: null,
          orderId: "2503110AAAAAA1",
          valueVnd: null,
        },
      },
    ],
    drops: [],
  });
});

test.each([
  ["UNPAID", "checkout", null],
  ["READY_TO_SHIP", "order", null],
  [
    "CANCELLED",
    null,
    {
      orderId: "2503110AAAAAA1",
      markId: "cancel/2503110AAAAAA1",
      kind: "cancel",
      at: 1_741_645_463_000,
      amountVnd: null,
      book: "book",
    },
  ],
  ["TO_RETURN", null, null],
])("%s stands at %j and marks %j", (word, stage, mark) => {
  const [said] = status({ PROCESSED: word }).said;
  expect(said?.event).toMatchObject({ name: word, stage });
  expect(said?.mark).toEqual(mark);
});

describe("a chat message", () => {
  test("of a buyer is known by the number that buyers have, and its words are not kept", () => {
    const { said } = chat({ "Baik kak .. 🤗": "còn hàng không" });
    expect(said).toMatchObject([
      {
        messageId: "chat/2302748948493123953",
        at: 1_726_044_721_000,
        identifiers: [{ kind: "shopee:137000001", value: "165000002", proven: true, userInitiated: true }],
        event: {
          type: "message",
          name: "text",
          stage: "chat",
          subject: 0,
          direction: "in",
          sentiment: "neutral",
        },
      },
    ]);
    expect(JSON.stringify(said)).not.toMatch(/hàng|nguoi\.mua/);
  });

  test("of the shop is sent to the buyer, and has no mood", () => {
    const [said] = chat({ "165000002": "947000002", "947000002": "165000002" }).said;
    // Both were the seller's after the first change, both the buyer's after the second.
    expect(said?.event).toMatchObject({ subject: null, direction: null });
    const sent = golden("shopee/webchat", {
      '"from_id": 165000002': '"from_id": 947000002',
      '"to_id": 947000002': '"to_id": 165000002',
    });
    expect(translate(shopee, sent, {}, SELLER).said[0]).toMatchObject({
      identifiers: [{ value: "165000002", userInitiated: false }],
      event: { direction: "out", sentiment: null, stage: null, subject: 0 },
    });
  });

  test("is nobody's where the shop's own number is not known", () => {
    expect(chat({}, account({ shopId: "137000001" })).said).toMatchObject([
      { identifiers: [], event: { type: "message", subject: null, direction: null, sentiment: null } },
    ]);
  });

  test("keeps every digit of a buyer's number", () => {
    expect(chat({ "165000002": "9007199254740993" }).said[0]?.identifiers[0]?.value).toBe("9007199254740993");
  });
});

test("another shop's pushes are not ours, and other codes are kept by their number", () => {
  expect(status({ "137000001": "137000009" })).toMatchObject({ said: [], drops: [{ reason: "not_ours" }] });
  expect(status({ '"code": 3': '"code": 15' }).said).toMatchObject([
    { at: NOW, identifiers: [], event: { type: "other", name: "push 15", details: null } },
  ]);
  expect(translate(shopee, '{"code":0}', {}, SELLER).said).toMatchObject([{ event: { name: "push 0" } }]);
});

test("a status without a number, a word or a time is not used", () => {
  for (const [from, to] of [
    ["2503110AAAAAA1", ""],
    ["PROCESSED", ""],
    ['"update_time": 1741645463', '"update_time": 9999999999'],
  ] as const)
    expect(status({ [from]: to })).toMatchObject({ said: [], drops: [{ reason: "unreadable" }] });
});
