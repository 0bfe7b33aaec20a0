import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import type { SourceId } from "../../schema/ids.ts";
import type { Account, Delivery } from "./connector.ts";
import { pos } from "./pos.ts";
import { readJson } from "./read-json.ts";

const NOW = Date.UTC(2026, 10, 22, 3);
const secretOf = (fill: number): string => `whsec_${Buffer.alloc(32, fill).toString("base64")}`;
const account: Account = {
  source: "till" as SourceId,
  settings: {},
  branchOf: (id) => (id === "CH1" ? "q1" : null),
  orderBook: "web",
};

const deliver = (body: unknown, { secret = secretOf(7), id = "msg_1", at = NOW } = {}): Delivery => {
  const text = JSON.stringify(body);
  const headers = new Headers({
    "webhook-id": id,
    "webhook-timestamp": String(at / 1_000),
    "webhook-signature": new Webhook(secret).sign(id, new Date(at), text),
  });
  return { raw: new TextEncoder().encode(text), headers, url: "https://quen.test/hooks/pos/till" };
};

const translate = (body: unknown, delivery = deliver(body)) => {
  const read = readJson(delivery.raw);
  if (!read.ok) throw new Error("The test's body is no JSON");
  return pos.translate(read.json, account, delivery, NOW, new Map());
};

describe("a webhook of a till", () => {
  test("is proven by a signature of Standard Webhooks under its secret, and nothing else", () => {
    const good = deliver({ orders: [] });
    expect(pos.verify(good, secretOf(7), account)).toBe(true);
    expect(pos.verify(good, secretOf(8), account)).toBe(false);
    expect(
      pos.verify({ ...good, raw: new TextEncoder().encode('{"orders":[1]}') }, secretOf(7), account),
    ).toBe(false);
    for (const [name, value] of [
      ["webhook-id", "msg_2"],
      ["webhook-timestamp", String(NOW / 1_000 + 1)],
      ["webhook-signature", "v1,"],
      ["webhook-signature", ""],
      ["webhook-signature", (good.headers.get("webhook-signature") ?? "").replace("v1,", "v1a,")],
    ] as const) {
      const headers = new Headers(good.headers);
      headers.set(name, value);
      expect([name, value, pos.verify({ ...good, headers }, secretOf(7), account)]).toEqual([
        name,
        value,
        false,
      ]);
    }
    expect(pos.verify(good, "whsec_", account)).toBe(false);
    expect(pos.verify(good, "no secret at all", account)).toBe(false);
  });

  test("must have its time in seconds: one in another form would never be too old", () => {
    const body = '{"orders":[]}';
    for (const timestamp of [String(NOW), "2026-11-22T10:00:00Z", "-1", "1e9"]) {
      const key = Buffer.alloc(32, 7);
      const signed = createHmac("sha256", key).update(`msg_1.${timestamp}.${body}`).digest("base64");
      const headers = new Headers({
        "webhook-id": "msg_1",
        "webhook-timestamp": timestamp,
        "webhook-signature": `v1,${signed}`,
      });
      const delivery = {
        raw: new TextEncoder().encode(body),
        headers,
        url: "https://quen.test/hooks/pos/till",
      };
      expect([timestamp, pos.verify(delivery, secretOf(7), account)]).toEqual([timestamp, false]);
    }
  });

  test("may carry several signatures, while the sender changes its secret", () => {
    const [old, young] = [deliver({}, { secret: secretOf(1) }), deliver({}, { secret: secretOf(2) })];
    const both = [old, young].map(({ headers }) => headers.get("webhook-signature")).join(" ");
    const headers = new Headers(old.headers);
    headers.set("webhook-signature", both);
    expect([1, 2, 3].map((fill) => pos.verify({ ...old, headers }, secretOf(fill), account))).toEqual([
      true,
      true,
      false,
    ]);
  });

  test("is as old as its timestamp says; one that is no time has none", () => {
    expect(pos.signedAt({}, deliver({}))).toBe(NOW);
    const headers = new Headers({ "webhook-timestamp": "yesterday" });
    expect(pos.signedAt({}, { ...deliver({}), headers })).toBeNull();
  });

  test("tells of customers, orders and refunds as the HTTP routes take them", () => {
    const { said, drops, left } = translate({
      customers: [
        { code: "KH1", phone: "0912 001 001", name: "Lan", updatedAt: "2026-11-22T09:00:00+07:00" },
      ],
      orders: [
        {
          id: 9_007_199_254,
          at: "2026-11-22T09:30:00+07:00",
          status: "completed",
          total: 85_000,
          branchId: "CH1",
          customer: { code: "KH1", phone: "028 3822 9999" },
        },
      ],
      refunds: [{ id: "R1", orderId: "HD-1", at: "2026-11-22T09:45:00+07:00", amount: 20_000 }],
    });
    expect(drops).toEqual([]);
    expect(left).toEqual([{ field: "orders.0.customer.phone", reason: "not_mobile" }]);
    expect(said).toMatchObject([
      {
        messageId: "msg_1/customers/0",
        identifiers: [
          { kind: "customer:till", value: "KH1", userInitiated: true },
          { kind: "phone", value: "+84912001001" },
        ],
        edges: [{ a: 0, b: 1, trust: 2 }],
        traits: [{ name: "name", value: "Lan" }],
      },
      { order: { book: "web", orderId: "9007199254", branchId: "q1", totalVnd: 85_000, channel: "pos" } },
      { mark: { book: "web", orderId: "HD-1", markId: "R1", kind: "refund", amountVnd: 20_000 } },
    ]);
  });

  test("that comes again says the same, though it is signed anew", () => {
    const body = {
      customers: [{ phone: "0912001001", name: "Lan", updatedAt: "2026-11-22T09:00:00+07:00" }],
      refunds: [{ id: "R1", orderId: "1", kind: "cancel", at: "2026-11-22T09:00:00+07:00" }],
    };
    const again = deliver(body, { at: NOW + 60_000 });
    expect(translate(body, again)).toEqual(translate(body));
  });

  test.each([
    [{ customers: [{ code: "KH1" }] }, "unreadable", "customers.0: updatedAt"],
    [
      { customers: [{ name: "Lan", updatedAt: "2026-11-22T09:00:00+07:00" }] },
      "no_identifier",
      "customers.0",
    ],
    [{ orders: ["no order"] }, "unreadable", "orders.0: "],
    [
      { refunds: [{ id: "1", orderId: "2", at: "2026-11-22T09:00:00+07:00", amount: -1 }] },
      "unreadable",
      "amount",
    ],
    [{ orders: {} }, "unreadable", "no list"],
    [[], "unreadable", "no JSON object"],
    ["text", "unreadable", "no JSON object"],
    [{}, "unreadable", "no customers"],
  ])("what of it cannot be used has a reason: %j", (body, reason, detail) => {
    const { said, drops } = translate(body);
    expect(said).toEqual([]);
    expect(drops).toEqual([{ reason, detail: expect.stringContaining(detail) }]);
  });

  test.each([
    [{ stock: [] }, ["stock"]],
    [{ type: "shift.closed", timestamp: "2026-11-22T09:00:00Z", data: {} }, ["shift.closed"]],
    [{ type: "sale", orders: [] }, []],
    [{ orders: [], stock: [], shifts: [] }, ["stock", "shifts"]],
  ])("what has no meaning here is kept by its name and tells of nobody: %j", (body, names) => {
    const { said } = translate(body);
    expect(said.map(({ event }) => [event?.type, event?.name])).toEqual(names.map((name) => ["other", name]));
    expect(said.flatMap(({ identifiers }) => identifiers)).toEqual([]);
  });
});
