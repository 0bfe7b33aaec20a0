import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CODE, factsOf, id, key, member, NOW, PHONE, seenBy, word } from "./testing/facts-of.ts";
import { pageOf, type TimelineFacts, type TimelineItem, timelineOf, type TimelinePlace } from "./timeline.ts";

const RECOGNISED = word("visit_recognition", "granted", 1);
const LINKED = word("profile_linking", "granted", 2);
const order = {
  subject: CODE,
  source: "pos",
  orderId: "1",
  at: 5,
  channel: "pos",
  branchId: null,
  status: "completed",
  totalVnd: 1,
  worthVnd: 1,
  currency: "VND",
  total: "1",
  items: "[]",
} as const;
const chat = {
  subject: CODE,
  at: 7,
  event: {
    source: "oa",
    messageId: "1",
    type: "message",
    name: "user_send_text",
    channel: "zalo_oa",
    stage: "chat",
    campaign: null,
    branchId: null,
    direction: "in",
    sentiment: "positive",
    products: null,
    orderId: null,
    valueVnd: null,
    details: null,
  },
} as const;
const facts = (answers = [RECOGNISED, LINKED]): TimelineFacts => ({
  profile: factsOf({
    members: [member(PHONE, { ids: [id("1")] }), member(CODE, { ids: [id("2")] })],
    answers,
    visits: [seenBy(PHONE, 3)],
  }),
  orders: [order],
  online: [chat],
  signIns: [{ subject: PHONE, at: 4, branchId: "q1" }],
  events: [{ type: "merged", at: 6, profileId: id("1"), previousIds: [id("2")] }],
});
const types = (of: TimelineFacts) => timelineOf(of, "personal")?.items.map(({ type }) => type);

describe("a timeline", () => {
  it("tells everything, newest first", () => {
    expect(types(facts())).toEqual(["visit", "event", "merged", "order", "sign_in", "consent", "consent"]);
  });

  it("keeps back what the profile keeps back, and names it", () => {
    const ended = facts([RECOGNISED, LINKED, word("profile_linking", "withdrawn", 3)]);
    expect(types(ended)).not.toContain("order");
    expect(types(ended)).not.toContain("event");
    const timeline = timelineOf(ended, "personal");
    expect(timeline?.items).toContainEqual({ type: "merged", at: 6, profileId: id("1"), previousIds: [] });
    expect(timeline?.redacted).toEqual([{ field: "orders", reason: "not_linked" }]);
    const unseen = facts([LINKED, RECOGNISED, word("visit_recognition", "withdrawn", 3)]);
    expect(types(unseen)).toEqual(["event", "merged", "order", "consent", "consent", "consent"]);
    expect(types(facts([]))).toBeUndefined();
    expect(timelineOf(facts(), "redacted")?.redacted).toEqual([
      { field: "items", reason: "scope" },
      { field: "details", reason: "scope" },
    ]);
  });

  it("has neither order nor event of a value that says nothing about anyone", () => {
    const of = facts();
    const blocked = key("b");
    const members = [...of.profile.members, member(blocked, { realm: "commerce", blocked: true })];
    const orders = [order, { ...order, orderId: "2", subject: blocked }];
    const online = [chat, { ...chat, subject: blocked }];
    const told = types({ ...of, profile: { ...of.profile, members }, orders, online });
    expect(told?.filter((type) => type === "order")).toHaveLength(1);
    expect(told?.filter((type) => type === "event")).toHaveLength(1);
  });

  it("is told whole by its pages, each item once, also of one instant", () => {
    const times = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 30 });
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 7 }), (all, limit) => {
        const items = all
          .toSorted((a, b) => b - a)
          .map((at, index): TimelineItem => ({ type: "visit", at, branchId: `${index}`, dwellMs: NOW }));
        const told: TimelineItem[] = [];
        let place: TimelinePlace | null = null;
        do {
          const page = pageOf({ items, redacted: [] }, place, limit);
          expect(page.items.length).toBeLessThanOrEqual(limit);
          told.push(...page.items);
          place = page.next;
        } while (place !== null);
        expect(told).toEqual(items);
      }),
      { numRuns: 1_000 },
    );
  });
});
