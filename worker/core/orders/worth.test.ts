import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Mark, orderNow, type OrderNow, type OrderStatus, type OrderTold } from "./worth.ts";

/** Told at 10; gross unless said otherwise. */
const told = (totalVnd: number | null, more: Partial<OrderTold> = {}): OrderTold => ({
  status: "completed",
  totalVnd,
  net: false,
  updatedAt: 10,
  ...more,
});
const refund = (amountVnd: number | null, at = 5): Mark => ({ kind: "refund", at, amountVnd });
const cancel = (amountVnd: number | null = null, at = 5): Mark => ({ kind: "cancel", at, amountVnd });
const NET = { net: true } as const;

describe("an order", () => {
  it.each<[string, OrderTold, Mark[], OrderNow]>([
    ["alone is worth its total", told(100), [], { status: "completed", worthVnd: 100 }],
    [
      "that was cancelled is worth nothing",
      told(100, { status: "cancelled" }),
      [],
      { status: "cancelled", worthVnd: 0 },
    ],
    ["gives back its parts", told(100), [refund(30), refund(20)], { status: "completed", worthVnd: 50 }],
    [
      "whose parts are the whole is refunded",
      told(100),
      [refund(60), refund(40)],
      { status: "refunded", worthVnd: 0 },
    ],
    [
      "is never worth less than nothing",
      told(100),
      [refund(60), refund(60)],
      { status: "refunded", worthVnd: 0 },
    ],
    ["given back whole is refunded", told(100), [refund(null)], { status: "refunded", worthVnd: 0 }],
    ["cancelled by a mark never was", told(100), [cancel()], { status: "cancelled", worthVnd: 0 }],
    ["cancelled in part stands for the rest", told(100), [cancel(40)], { status: "completed", worthVnd: 60 }],
    [
      "both refunded and cancelled is cancelled",
      told(100),
      [refund(null), cancel()],
      { status: "cancelled", worthVnd: 0 },
    ],
    [
      "that tells what is left has its refunds in it",
      told(70, NET),
      [refund(30)],
      { status: "completed", worthVnd: 70 },
    ],
    [
      "and the refund of that very instant",
      told(70, NET),
      [refund(30, 10)],
      { status: "completed", worthVnd: 70 },
    ],
    [
      "but not the later ones",
      told(70, NET),
      [refund(30), refund(20, 11)],
      { status: "completed", worthVnd: 50 },
    ],
    [
      "refunded, tells what is left",
      told(30, { ...NET, status: "refunded" }),
      [refund(null)],
      { status: "refunded", worthVnd: 30 },
    ],
    [
      "refunded, and told before that was taken off, is worth nothing",
      told(30, { status: "refunded" }),
      [],
      { status: "refunded", worthVnd: 0 },
    ],
    [
      "told again after a cancellation stands",
      told(90, NET),
      [cancel(null, 9)],
      { status: "completed", worthVnd: 90 },
    ],
    [
      "cancelled after it was told does not",
      told(90, NET),
      [cancel(null, 11)],
      { status: "cancelled", worthVnd: 0 },
    ],
    [
      "in another currency has no worth in VND",
      told(null),
      [refund(30)],
      { status: "completed", worthVnd: null },
    ],
    ["in another currency can be cancelled", told(null), [cancel()], { status: "cancelled", worthVnd: null }],
    ["that is goods given back takes away", told(-30), [], { status: "completed", worthVnd: -30 }],
    ["for nothing is not refunded by nothing", told(0), [refund(0)], { status: "completed", worthVnd: 0 }],
  ])("%s", (_, order, marks, now) => {
    expect(orderNow(order, marks)).toEqual(now);
  });
});

type Fact = { told: OrderTold } | { id: string; mark: Mark };

/** As the store keeps facts: the newest telling of an order, each mark once. */
const afterAll = (facts: readonly Fact[]): OrderNow | null => {
  let newest: OrderTold | null = null;
  const marks = new Map<string, Mark>();
  for (const fact of facts)
    if ("mark" in fact) marks.set(fact.id, fact.mark);
    else if (newest === null || fact.told.updatedAt > newest.updatedAt) newest = fact.told;
  return newest && orderNow(newest, [...marks.values()]);
};

describe("whatever is told of one order", () => {
  const at = fc.integer({ min: 1, max: 9 });
  const amount = fc.integer({ min: 0, max: 200 });
  const statuses: readonly OrderStatus[] = ["placed", "completed", "cancelled", "refunded"];
  const tellings = fc.uniqueArray(
    fc.record({
      status: fc.constantFrom(...statuses),
      totalVnd: fc.option(amount),
      net: fc.boolean(),
      updatedAt: at,
    }),
    { selector: ({ updatedAt }) => updatedAt, minLength: 1, maxLength: 4 },
  );
  const marks = fc.array(
    fc.record({
      kind: fc.constantFrom("refund" as const, "cancel" as const),
      at,
      amountVnd: fc.option(amount),
    }),
    { maxLength: 5 },
  );
  const facts = fc
    .tuple(tellings, marks)
    .map(([orders, all]): Fact[] => [
      ...orders.map((order) => ({ told: order })),
      ...all.map((mark, index) => ({ id: `m${index}`, mark })),
    ]);

  it("any order, and any repetition, is worth the same", () => {
    const shuffled = facts.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2, maxLength: all.length * 2 }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([all, again]) => {
        expect(afterAll(again)).toEqual(afterAll(all));
      }),
      { numRuns: 1_000 },
    );
  });

  it("is never worth more than it was told to be, and another refund never makes it worth more", () => {
    fc.assert(
      fc.property(facts, marks, (all, more) => {
        const totals = all.flatMap((fact) => ("told" in fact ? [fact.told.totalVnd ?? 0] : []));
        const worth = afterAll(all)?.worthVnd ?? 0;
        expect(worth).toBeLessThanOrEqual(Math.max(...totals));
        expect(worth).toBeGreaterThanOrEqual(0);
        const after = afterAll([...all, ...more.map((mark, index) => ({ id: `n${index}`, mark }))]);
        expect(after?.worthVnd ?? 0).toBeLessThanOrEqual(worth);
      }),
      { numRuns: 1_000 },
    );
  });
});
