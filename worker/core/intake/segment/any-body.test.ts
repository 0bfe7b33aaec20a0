import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Loose } from "./loose.ts";
import { SDK_METHODS, sentEvents } from "./sent.ts";
import { ANONYMOUS, NOW, READERS, senderWith, verdictOf } from "./testing/verdict-of.ts";
import { type Sender, translateEvent } from "./translate.ts";

const anyEvent = fc.oneof(
  fc.anything({ withNullPrototype: false, maxDepth: 3 }),
  fc.record(
    {
      type: fc.constantFrom(...SDK_METHODS, "x", null),
      event: fc.oneof(
        fc.constantFrom("Order Completed", "Order Refunded", "order_updated", "Product Viewed"),
        fc.string(),
      ),
      userId: fc.oneof(fc.string(), fc.integer(), fc.constant("U1")),
      anonymousId: fc.oneof(fc.string(), fc.constant(ANONYMOUS)),
      previousId: fc.string(),
      messageId: fc.oneof(fc.string({ minLength: 1 }), fc.constant(undefined)),
      timestamp: fc.oneof(fc.string(), fc.integer(), fc.date({ noInvalidDate: true }).map(String)),
      properties: fc.oneof(
        fc.record(
          {
            order_id: fc.oneof(fc.string(), fc.integer()),
            total: fc.oneof(fc.double(), fc.string(), fc.integer()),
            currency: fc.oneof(fc.constantFrom("VND", "usd"), fc.string()),
            products: fc.anything(),
            url: fc.oneof(fc.webUrl(), fc.string()),
          },
          { requiredKeys: [] },
        ),
        fc.anything(),
      ),
      traits: fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.anything()),
      context: fc.oneof(
        fc.record(
          { page: fc.anything(), campaign: fc.anything(), consent: fc.anything(), traits: fc.anything() },
          { requiredKeys: [] },
        ),
        fc.anything(),
      ),
    },
    { requiredKeys: [] },
  ),
);
/** As it is after the wire. */
const wire = <T>(value: T): T => JSON.parse(JSON.stringify(value) ?? "null") as T;
const writable = anyEvent.filter((value) => {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
});

describe("whatever is sent", () => {
  const judge = (body: Loose, by: Sender) =>
    (sentEvents(body, "batch") ?? []).map((sent) => translateEvent(sent, by, READERS, NOW));

  test("nothing throws, and what is taken fits the queue's message", () => {
    fc.assert(
      fc.property(fc.array(writable, { maxLength: 5 }), fc.boolean(), (events, isBrowser) => {
        for (const said of judge(wire({ batch: events }), senderWith({}, { isBrowser }))) {
          if (said.kind === "rejected") continue;
          const { messageId, at, identifiers, traits, order, event } = said.said;
          expect(messageId.length).toBeLessThanOrEqual(200);
          expect([Number.isInteger(at), at >= 0, at <= NOW]).toEqual([true, true, true]);
          expect(order !== null && identifiers.length === 0).toBe(false);
          expect(traits.length > 0 && identifiers.length === 0).toBe(false);
          expect(event?.name.length).toBeGreaterThan(0);
          expect(event?.name.length).toBeLessThanOrEqual(200);
          expect(Number.isSafeInteger(order?.totalVnd ?? 0)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("it says the same however it was batched", () => {
    const shared = fc.record({
      consent: fc.constant({ categoryPreferences: { analytics: true } }),
      campaign: fc.anything(),
    });
    fc.assert(
      fc.property(fc.array(writable, { maxLength: 6 }), shared, fc.nat(6), (events, context, cut) => {
        const parts = wire({ context, sentAt: "2026-10-14T04:59:00Z", batch: events });
        const by = senderWith({}, { basis: "consent" });
        const batch = parts.batch;
        const split = [batch.slice(0, cut), batch.slice(cut)].flatMap((some) =>
          judge({ ...parts, batch: some }, by),
        );
        expect(split).toEqual(judge(parts, by));
      }),
      { numRuns: 100 },
    );
  });

  test("is not read where it is too deep, too large, or beside a batch too much", () => {
    const deep: unknown = JSON.parse(`${"[".repeat(20_000)}${"]".repeat(20_000)}`);
    expect(verdictOf("track", { event: "x", properties: { deep } })).toMatchObject({ kind: "rejected" });
    const wide = { event: "x", properties: { text: "ế".repeat(11_000) } };
    expect(verdictOf("track", wide)).toMatchObject({ code: "too_large" });
    expect(sentEvents({ batch: [{}], context: { text: "x".repeat(40_000) } }, "batch")).toBeNull();
    expect(sentEvents({ batch: [{}], context: { deep } }, "batch")).toBeNull();
    const beside = { traits: { text: "x".repeat(9_000) } };
    const many = (events: number) => ({ batch: Array.from({ length: events }, () => ({})), context: beside });
    expect(sentEvents(many(900), "batch")).toHaveLength(900);
    expect(sentEvents(many(1_000), "batch")).toBeNull();
  });
});
