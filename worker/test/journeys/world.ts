// A small random world of people with two sides, what they answered, what they did online, where they came and what they
// bought, as rows of D1.

import fc from "fast-check";
import { PURPOSES, type Purpose } from "../../../schema/consent.ts";
import type { BusinessDay } from "../../../schema/ids.ts";
import type { Answer } from "../../core/consent/permission.ts";
import type { TouchStage } from "../../core/journeys/journey.ts";
import { TOUCH_STAGES } from "../../core/journeys/journey.ts";
import type { Mark, OrderTold } from "../../core/orders/worth.ts";
import { addDays, boundsOf } from "../../core/presence/day.ts";
import { BRANCHES } from "../visitors/world.ts";

export const HOUR = 3_600_000;
const FIRST_DAY = "2026-03-24" as BusinessDay;
const DAYS = 10;
const START = boundsOf(FIRST_DAY, { timezone: "Asia/Ho_Chi_Minh", dayStartHour: 4 }).start;
const STORE = ["s1", "s2", "s3"];
const COMMERCE = ["c1", "c2", "c3", "c4"];

/** Few distinct hours, from before the period to after it, so that things meet and tie. */
const moment = fc.integer({ min: -40, max: DAYS * 8 }).map((step) => START + step * 3 * HOUR);
const subject = fc.constantFrom(...COMMERCE);

const event = fc.record({
  at: moment,
  channel: fc.constantFrom("web", "zalo_oa"),
  stage: fc.constantFrom<TouchStage | "order" | null>(...TOUCH_STAGES, "order", null),
  campaign: fc.constantFrom(
    null,
    { source: "facebook", medium: "cpc", name: "spring", term: "x" },
    { name: "qr" },
    { term: "only" },
  ),
  subject: fc.option(subject),
  anonymous: fc.option(fc.constantFrom("b1", "b2")),
  direction: fc.constantFrom(null, "in", "out"),
});
const order = fc.record({
  at: moment,
  subject,
  branchId: fc.constantFrom(null, "hanoi", "berlin", "gone"),
  status: fc.constantFrom<OrderTold["status"]>("completed", "completed", "placed", "cancelled", "refunded"),
  totalVnd: fc.option(fc.constantFrom(50_000, 120_000), { freq: 4 }),
  net: fc.boolean(),
});
const mark = fc.record({
  order: fc.nat({ max: 5 }),
  kind: fc.constantFrom<Mark["kind"]>("refund", "cancel"),
  at: moment,
  amountVnd: fc.option(fc.constantFrom(20_000, 120_000)),
});
const day: fc.Arbitrary<string> = fc.integer({ min: -1, max: DAYS }).map((days) => addDays(FIRST_DAY, days));
const visit = fc.record({
  branch: fc.constantFrom(...BRANCHES),
  day,
  hour: fc.integer({ min: 0, max: 20 }),
  subject: fc.constantFrom(...STORE),
  device: fc.constantFrom("phone", "watch"),
  counted: fc.constantFrom(0, 1, 1),
});
const answer = fc.record({
  subject: fc.constantFrom(...STORE),
  purpose: fc.constantFrom<Purpose>(
    "visit_recognition",
    "profile_linking",
    "visit_recognition",
    "profile_linking",
    PURPOSES[3],
  ),
  state: fc.constantFrom<Answer["state"]>("granted", "granted", "granted", "refused", "withdrawn"),
  at: fc.integer({ min: 1, max: 6 }),
  outdatedAt: fc.option(fc.integer({ min: 1, max: 6 }), { freq: 2 }),
});

type Of<A> = A extends fc.Arbitrary<infer Value> ? Value : never;

export interface JourneyWorld {
  /** Of each key. */
  anchors: Record<string, string>;
  events: Of<typeof event>[];
  orders: Of<typeof order>[];
  marks: Of<typeof mark>[];
  visits: Of<typeof visit>[];
  answers: Of<typeof answer>[];
  restricted: string | null;
  blocked: string | null;
  range: { from: BusinessDay; to: BusinessDay };
  windowDays: number;
}

export const journeyWorld: fc.Arbitrary<JourneyWorld> = fc.record({
  anchors: fc.record(
    Object.fromEntries([...STORE, ...COMMERCE].map((key) => [key, fc.constantFrom("A", "A", "B", "C")])),
  ),
  events: fc.array(event, { maxLength: 16 }),
  orders: fc.array(order, { maxLength: 6 }),
  marks: fc.array(mark, { maxLength: 3 }),
  visits: fc.uniqueArray(visit, {
    maxLength: 8,
    selector: (v) => [v.branch.id, v.day, v.subject, v.device, v.hour].join("/"),
  }),
  answers: fc.array(answer, { maxLength: 12 }),
  restricted: fc.option(fc.constantFrom(...STORE, ...COMMERCE), { freq: 5, nil: null }),
  blocked: fc.option(fc.constantFrom(...STORE, ...COMMERCE), { freq: 5, nil: null }),
  range: fc
    .tuple(fc.nat({ max: DAYS - 1 }), fc.nat({ max: DAYS - 1 }))
    .map(([a, b]) => ({ from: addDays(FIRST_DAY, Math.min(a, b)), to: addDays(FIRST_DAY, Math.max(a, b)) })),
  windowDays: fc.constantFrom(1, 3, 30),
});

const TABLES = [
  "events",
  "orders",
  "order_marks",
  "visits",
  "consents",
  "assignments",
  "restrictions",
  "blocked_values",
];
export const emptied = (db: D1Database): D1PreparedStatement[] =>
  TABLES.map((name) => db.prepare(`DELETE FROM ${name}`));

/** Instead of the one before. */
export const storeJourneys = async (db: D1Database, w: JourneyWorld): Promise<void> => {
  const fill = (into: string, rows: readonly unknown[][]): D1PreparedStatement[] =>
    rows.length === 0
      ? []
      : [
          db
            .prepare(
              `INSERT INTO ${into} SELECT ${rows[0]?.map((_, i) => `value ->> '$[${i}]'`).join(", ")} FROM json_each(?)`,
            )
            .bind(JSON.stringify(rows)),
        ];
  await db.batch([
    ...emptied(db),
    ...fill("assignments (key, anchor)", Object.entries(w.anchors)),
    ...fill(
      "events (source, message_id, at, type, name, channel, stage, campaign, subject, anonymous, direction)",
      w.events.map((e, i) => [
        "web",
        `m${i}`,
        e.at,
        "track",
        "n",
        e.channel,
        e.stage,
        e.campaign === null ? null : JSON.stringify(e.campaign),
        e.subject,
        e.anonymous,
        e.direction,
      ]),
    ),
    ...fill(
      "orders (source, order_id, subject, at, updated_at, branch_id, channel, status, total_vnd, net, currency, total, items)",
      w.orders.map((o, i) => [
        "pos",
        `${i}`,
        o.subject,
        o.at,
        o.at,
        o.branchId,
        "pos",
        o.status,
        o.totalVnd,
        o.net ? 1 : 0,
        "VND",
        "1",
        "[]",
      ]),
    ),
    ...fill(
      "order_marks (source, order_id, mark_id, kind, at, amount_vnd)",
      w.marks.map((m, i) => ["pos", `${m.order}`, `k${i}`, m.kind, m.at, m.amountVnd]),
    ),
    ...fill(
      "visits",
      w.visits.map((v) => {
        const at = boundsOf(v.day as BusinessDay, v.branch.settings).start + v.hour * HOUR;
        return [
          v.branch.id,
          v.day,
          `${v.subject}/${v.device}`,
          at,
          at + HOUR,
          v.subject,
          v.counted,
          0,
          0,
          1,
          "test",
        ];
      }),
    ),
    ...fill(
      "consents (id, subject, sequence, purpose, state, at, record, hash, signature, key_id, receipt_id, outdated_at)",
      w.answers.map((a, i) => [
        `${i}`,
        a.subject,
        i,
        a.purpose,
        a.state,
        a.at,
        "{}",
        "h",
        "s",
        "k",
        `r${i}`,
        a.outdatedAt,
      ]),
    ),
    ...fill("restrictions (subject, request_id, at)", w.restricted === null ? [] : [[w.restricted, "r", 1]]),
    ...fill("blocked_values (key, reason, actor, at)", w.blocked === null ? [] : [[w.blocked, "r", "a", 1]]),
  ]);
};
