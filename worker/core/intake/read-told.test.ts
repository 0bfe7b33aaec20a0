import { describe, expect, test } from "vitest";
import { TOLD_PARSERS } from "../../../schema/told-parsers.ts";
import { type GivenOrder, readOrder } from "./read-order.ts";
import { type GivenPerson, readPerson } from "./read-person.ts";
import { type GivenRefund, readRefund } from "./read-refund.ts";
import type { Reading, ReadTold } from "./read-told.ts";

const NOW = Date.UTC(2026, 10, 22, 3);
const AT = "2026-11-22T09:30:00+07:00";
const reading: Reading = {
  source: { id: "till", channel: "pos", orderBook: "web" },
  parsers: TOLD_PARSERS,
  branchOf: (told) => (told === "q1" ? "q1" : null),
  now: NOW,
};
const said = (told: ReadTold) => (told.kind === "read" ? told.said : null);
const why = (told: ReadTold) => (told.kind === "refused" ? told.code : null);

const order = (more: Partial<GivenOrder> = {}): GivenOrder => ({
  id: "1",
  at: AT,
  status: "completed",
  total: 85_000,
  currency: "VND",
  customer: { code: "KH1", phone: "0912001001", name: "Lan" },
  ...more,
});
const read = (more?: Partial<GivenOrder>, userInitiated = true) =>
  readOrder(order(more), reading, { userInitiated });

describe("an order", () => {
  test("stands in its source's order book, and what it says of its customer is as old as its newest telling", () => {
    const updatedAt = "2026-11-22T09:45:00+07:00";
    expect(said(read({ updatedAt, branchId: "q1" }))).toMatchObject({
      messageId: `1/${Date.parse(updatedAt)}`,
      at: Date.parse(AT),
      order: { book: "web", branchId: "q1", channel: "pos", net: true, updatedAt: Date.parse(updatedAt) },
      traits: [{ name: "name", value: "Lan", at: Date.parse(updatedAt) }],
      edges: [{ a: 0, b: 1, trust: 2 }],
    });
  });

  test("of an import marks every contact", () => {
    expect(said(read({}, false))?.identifiers.map(({ userInitiated }) => userInitiated)).toEqual([
      false,
      false,
    ]);
    expect(said(read())?.identifiers.map(({ userInitiated }) => userInitiated)).toEqual([true, true]);
  });

  test.each<[Partial<GivenOrder>, string]>([
    [{ at: "2026-11-22T10:11:00+07:00" }, "future"],
    [{ at: "1969-01-01T00:00:00Z" }, "invalid"],
    [{ total: "85.000" }, "invalid"],
    [{ items: Array.from({ length: 200 }, () => ({ name: "x".repeat(200), quantity: 1 })) }, "invalid"],
    [{ customer: { phone: "0000000000" } }, "no_identifier"],
    [{ customer: null }, "no_identifier"],
  ])("%j is refused: %s", (more, code) => expect(why(read(more))).toBe(code));
});

describe("a customer", () => {
  const person = (more: Partial<GivenPerson> = {}) =>
    readPerson({ phone: "0912001001", userInitiated: true, ...more }, reading, "m");

  test("is as old as told, else as the request", () => {
    expect([said(person({ updatedAt: AT }))?.at, said(person())?.at]).toEqual([Date.parse(AT), NOW]);
  });

  test("has the fields that were left out without a name around them", () => {
    expect(person({ email: "test@gmail.com" }).left).toEqual([{ field: "email", reason: "blocked_value" }]);
  });

  test.each<[Partial<GivenPerson>, string]>([
    [{ updatedAt: "2027-01-01T00:00:00Z" }, "future"],
    [{ updatedAt: "soon" }, "invalid"],
    [{ phone: null, name: "Lan" }, "no_identifier"],
  ])("%j is refused: %s", (more, code) => expect(why(person(more))).toBe(code));
});

describe("a refund", () => {
  const refund = (more: Partial<GivenRefund> = {}) =>
    readRefund({ id: "R1", orderId: "1", kind: "refund", at: AT, currency: "VND", ...more }, reading);

  test.each<[Partial<GivenRefund>, number | null]>([
    [{}, null],
    [{ amount: 20_000 }, 20_000],
    [{ amount: "20000" }, 20_000],
    [{ currency: "USD" }, null],
  ])("%j gives back %j", (more, amountVnd) =>
    expect(said(refund(more))?.mark).toEqual({
      book: "web",
      orderId: "1",
      markId: "R1",
      kind: "refund",
      at: Date.parse(AT),
      amountVnd,
    }),
  );

  test.each<[Partial<GivenRefund>, string]>([
    [{ amount: -1 }, "invalid"],
    [{ amount: "20.000" }, "invalid"],
    [{ amount: "5.50", currency: "USD" }, "invalid"],
    [{ at: "2027-01-01T00:00:00Z" }, "future"],
    [{ at: "soon" }, "invalid"],
  ])("%j is refused: %s", (more, code) => expect(why(refund(more))).toBe(code));
});
