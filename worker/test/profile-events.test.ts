// What profiles show of online channels: orders as what is left of them, one timeline over store and online, and what is
// counted of a channel.

import { env } from "cloudflare:workers";
import { sql } from "drizzle-orm";
import { SQLiteAsyncDialect } from "drizzle-orm/sqlite-core";
import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { parseProfileId, type SubjectKey } from "../../schema/ids.ts";
import type { ToldEvent, ToldMessage } from "../../schema/messages-channels.ts";
import { TimelineView } from "../../schema/wire/crm.ts";
import { ExplainView } from "../../schema/wire/identity.ts";
import { orderNow } from "../core/orders/worth.ts";
import { makeSeal } from "../portal/seal.ts";
import { suppressionTags } from "../portal/suppression.ts";
import { database } from "../store/database.ts";
import { statusNow, worthNow } from "../store/order-worth.ts";
import { commerceStatement } from "../store/profile-statements.ts";
import { membersOf } from "../store/profile-targets.ts";
import { readTimeline } from "../store/timeline-rows.ts";
import { storeTold } from "../store/told.ts";
import { makeBranch } from "./agent.ts";
import { get, lookup, NOW, profileOf, reasonsOf, shopper } from "./crm-asks.ts";
import { DAY, keyOf, keyWith, MINUTE, settle, tell } from "./crm-people.ts";
import { phonePerson, rights } from "./erasing.ts";
import { answer } from "./http.ts";
import { testServices, withdraw } from "./person.ts";
import { PLAIN_EVENT } from "./plain-event.ts";

const dialect = new SQLiteAsyncDialect({ casing: "snake_case" });
const rowsOf = async <Row>(statement: Parameters<typeof dialect.sqlToQuery>[0], before = "") => {
  const { sql: text, params } = dialect.sqlToQuery(statement);
  return (
    await env.DB.prepare(before + text)
      .bind(...params)
      .all<Row>()
  ).results;
};

const NOTHING: ToldEvent = { ...PLAIN_EVENT, stage: "view" };

type Happened = { id: string; at: number; source?: string; code?: string; browser?: string } & Partial<
  Omit<ToldMessage, "event" | "at">
> & { event?: Partial<ToldEvent> | null };

const identifierOf = async (key: SubjectKey, kind: string, value: string) => ({
  key,
  realm: "commerce" as const,
  kind,
  proven: false,
  sealed: await makeSeal(testServices().settings.SEAL_KEYS).seal(value, `identifier/${key}`),
});

/** What a channel tells: an event, of whom it names, in whose browser; both together are weak evidence. */
const happened = async ({ id, at, source = "web", code, browser, event, ...more }: Happened) => {
  const subject = code === undefined ? null : await keyOf("commerce", "customer:pos", code);
  const anonymous = browser === undefined ? null : await keyOf("commerce", `anonymous:${source}`, browser);
  const seal = makeSeal(testServices().settings.SEAL_KEYS);
  const details = event?.details ?? null;
  const message: ToldMessage = {
    kind: "told",
    source,
    messageId: id,
    at,
    identifiers:
      subject === null
        ? []
        : [
            await identifierOf(subject, "customer:pos", code ?? ""),
            ...(anonymous === null
              ? []
              : [await identifierOf(anonymous, `anonymous:${source}`, browser ?? "")]),
          ],
    evidence: subject === null || anonymous === null ? [] : [{ a: subject, b: anonymous, trust: 3 }],
    traits: [],
    order: null,
    ...more,
    event:
      event === null
        ? null
        : {
            ...NOTHING,
            subject,
            anonymous,
            ...event,
            details: details === null ? null : await seal.seal(details, `event/${source}/${id}`),
          },
  };
  await storeTold(
    testServices().db,
    [message],
    at,
    suppressionTags(testServices().settings.SUPPRESSION_KEYS),
  );
};

const timeline = async (id: string, query = "limit=200", bearer?: string) =>
  TimelineView.parse(
    await answer(get(`/v1/profiles/${id}/timeline?${query}`, bearer === undefined ? {} : { bearer })),
  );
const eventsOf = ({ data }: TimelineView) =>
  data.flatMap((entry) => (entry.type === "event" ? [`${entry.channel} ${entry.messageId}`] : []));
const channelsOf = async (id: string) =>
  (await profileOf(id)).channels?.map(({ channel, events }) => `${channel} ${events}`);

beforeAll(async () => {
  await makeBranch("crm-1");
});

test("an order is worth in the database what the rule says, whatever became of it", async () => {
  const amount = fc.option(fc.integer({ min: 0, max: 120 }));
  const at = fc.integer({ min: 1, max: 9 });
  const some = fc.sample(
    fc.record({
      status: fc.constantFrom(
        "placed" as const,
        "completed" as const,
        "cancelled" as const,
        "refunded" as const,
      ),
      totalVnd: fc.option(fc.integer({ min: -50, max: 120 })),
      net: fc.boolean(),
      updatedAt: at,
      marks: fc.array(
        fc.record({ kind: fc.constantFrom("refund" as const, "cancel" as const), at, amountVnd: amount }),
        { maxLength: 4 },
      ),
    }),
    400,
  );
  const told = some.map(({ status, totalVnd, net, updatedAt }, n) => [
    n,
    updatedAt,
    status,
    totalVnd,
    Number(net),
  ]);
  await env.DB.prepare(
    `INSERT INTO orders (source, order_id, subject, at, updated_at, channel, status, total_vnd, net, currency, total, items)
     SELECT 'worth', value ->> 0, 'nobody', 1, value ->> 1, 'pos', value ->> 2, value ->> 3, value ->> 4, 'VND', '', '[]'
     FROM json_each(?)`,
  )
    .bind(JSON.stringify(told))
    .run();
  await env.DB.prepare(
    `INSERT INTO order_marks (source, order_id, mark_id, kind, at, amount_vnd)
     SELECT 'worth', value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?)`,
  )
    .bind(
      JSON.stringify(
        some.flatMap(({ marks }, n) => marks.map((mark, m) => [n, m, mark.kind, mark.at, mark.amountVnd])),
      ),
    )
    .run();
  const found = await rowsOf<{ id: string; status: string; worthVnd: number | null }>(
    sql`SELECT o.order_id AS id, ${statusNow} AS status, ${worthNow} AS "worthVnd" FROM orders o WHERE o.source = 'worth'`,
  );
  const byId = new Map(found.map(({ id, ...now }) => [id, now]));
  for (const [n, { marks, ...order }] of some.entries())
    expect([n, byId.get(`${n}`)]).toEqual([n, orderNow(order, marks)]);
});

describe("a person who is met online and in the store", () => {
  test("has one timeline of both, in which an order and the event that told of it are one", async () => {
    const { phone } = await shopper(6901);
    await tell({
      at: NOW - 3 * DAY,
      identifiers: [
        ["customer:pos", "KH-6901"],
        ["phone", phone],
      ],
    });
    const ad = { source: "facebook", medium: "cpc", name: "Tết" };
    // Before anybody was named there, and within thirty days: it is hers.
    await happened({ id: "seen", at: NOW - 8 * DAY, browser: "b-6901", event: { campaign: ad } });
    await happened({
      id: "who",
      at: NOW - 7 * DAY,
      browser: "b-6901",
      code: "KH-6901",
      event: { name: "identify" },
    });
    await happened({
      id: "cart",
      at: NOW - 6 * DAY,
      browser: "b-6901",
      event: { stage: "cart", products: [{ name: "Áo dài" }], valueVnd: 450_000, details: '{"size":"M"}' },
    });
    await happened({
      id: "bought",
      at: NOW - 5 * DAY,
      code: "KH-6901",
      event: { name: "Order Completed", stage: "order", orderId: "W-6901" },
      order: {
        orderId: "W-6901",
        subject: await keyOf("commerce", "customer:pos", "KH-6901"),
        at: NOW - 5 * DAY,
        updatedAt: NOW - 5 * DAY,
        branchId: null,
        channel: "web",
        status: "completed",
        totalVnd: 450_000,
        net: false,
        currency: "VND",
        total: "450000",
        items: [{ name: "Áo dài", quantity: 1 }],
      },
    });
    await happened({
      id: "back",
      at: NOW - 3 * DAY,
      code: "KH-6901",
      event: { name: "Order Refunded", stage: null, orderId: "W-6901" },
      mark: {
        book: "web",
        orderId: "W-6901",
        markId: "web/r1",
        kind: "refund",
        at: NOW - 3 * DAY,
        amountVnd: 150_000,
      },
    });
    await happened({
      id: "chat",
      at: NOW - 2 * DAY - MINUTE,
      source: "oa",
      code: "KH-6901",
      event: {
        type: "message",
        name: "user_send_text",
        channel: "zalo_oa",
        stage: "chat",
        direction: "in",
        sentiment: "positive",
      },
    });
    // Somebody else was named in that browser since.
    await happened({ id: "other", at: NOW - DAY, browser: "b-6901", code: "KH-6902" });
    await happened({ id: "theirs", at: NOW - DAY + MINUTE, browser: "b-6901" });
    await settle(NOW);
    const [profile, ...others] = await lookup(phone);
    const id = profile?.id ?? "";
    expect(others).toEqual([]);
    expect(profile?.orders).toMatchObject({ count: 1, totalVnd: 300_000, averageVnd: 300_000 });
    expect(await channelsOf(id)).toEqual(["store 2", "zalo_oa 1", "web 5"]);

    const whole = await timeline(id);
    expect(eventsOf(whole)).toEqual(["zalo_oa chat", "web back", "web cart", "web who", "web seen"]);
    expect(
      whole.data.map(({ type }) => type).filter((type) => ["visit", "order", "event"].includes(type)),
    ).toEqual(["visit", "event", "event", "visit", "order", "event", "event", "event"]);
    const found = (messageId: string) =>
      whole.data.find((entry) => entry.type === "event" && entry.messageId === messageId);
    expect(found("seen")).toMatchObject({ campaign: ad, stage: "view", source: "web", eventType: "track" });
    expect(found("cart")).toMatchObject({
      products: [{ name: "Áo dài" }],
      valueVnd: 450_000,
      details: { size: "M" },
    });
    expect(found("chat")).toMatchObject({ direction: "in", sentiment: "positive", eventType: "message" });
    expect(whole.data.find(({ type }) => type === "order")).toMatchObject({
      orderId: "W-6901",
      status: "completed",
      totalVnd: 450_000,
      worthVnd: 300_000,
    });
    const [other] = await lookup("KH-6902", "customer:pos");
    expect(eventsOf(await timeline(other?.id ?? ""))).toEqual(["web theirs", "web other"]);

    const redacted = await timeline(id, "limit=200", await keyWith("crm:read"));
    expect(eventsOf(redacted)).toEqual(eventsOf(whole));
    expect(JSON.stringify(redacted)).not.toMatch(/Áo dài|size/);
    expect(redacted.redacted).toContainEqual({ field: "details", reason: "scope" });

    // On the own page how much there is, and in the copy each of it: none of whoever was in that browser later.
    const { purchases } = await rights().view(phonePerson(phone), NOW);
    expect(purchases.channels.map(({ channel, events, firstAt }) => [channel, events, firstAt])).toEqual([
      ["zalo_oa", 1, NOW - 2 * DAY - MINUTE],
      ["web", 5, NOW - 8 * DAY],
    ]);
    expect(purchases.events).toEqual([]);
    expect(purchases.orders).toMatchObject([{ status: "completed", total: "450000", worthVnd: 300_000 }]);
    const copy = await rights().copy(phonePerson(phone), NOW);
    expect(copy.purchases.events.map(({ name }) => name)).toEqual(
      "user_send_text, Order Refunded, Order Completed, Product Viewed, identify, Product Viewed".split(", "),
    );
    expect(copy.purchases.events[3]).toMatchObject({ products: ["Áo dài"], details: { size: "M" } });

    await env.DB.prepare("UPDATE events SET details = 'v1.gone.AAAA' WHERE message_id = 'cart'").run();
    const broken = await timeline(id);
    expect(eventsOf(broken)).toEqual(eventsOf(whole));
    expect(broken.redacted).toEqual([{ field: "details", reason: "unreadable" }]);

    // The two sides stand apart: what happened online goes with the orders.
    await withdraw("crm-1", phone, NOW - MINUTE, "profile_linking");
    await settle(NOW);
    const [store, commerce] = await lookup(phone);
    expect(store && reasonsOf(store)).toEqual({ orders: "not_linked" });
    expect(store?.channels?.map(({ channel }) => channel)).toEqual(["store"]);
    expect(eventsOf(await timeline(store?.id ?? ""))).toEqual([]);
    expect(eventsOf(await timeline(commerce?.id ?? ""))).toHaveLength(5);
  });

  test("is explained: what a channel proved names its message, and a browser of two people says that it is", async () => {
    const [code, oa] = await Promise.all([
      keyOf("commerce", "customer:pos", "KH-6931"),
      keyOf("commerce", "zalo_oa:1", "u-6931"),
    ]);
    await happened({
      id: "zalo-77",
      at: NOW - 3 * DAY,
      source: "oa",
      code: "KH-6931",
      identifiers: [
        await identifierOf(code, "customer:pos", "KH-6931"),
        await identifierOf(oa, "zalo_oa:1", "u-6931"),
      ],
      evidence: [{ a: code, b: oa, trust: 1 }],
      event: null,
    });
    await happened({ id: "w1", at: NOW - 2 * DAY, code: "KH-6931", browser: "b-6931" });
    await happened({ id: "w2", at: NOW - DAY, code: "KH-6932", browser: "b-6931" });
    await settle(NOW);
    const explained = async (value: string) => {
      const [profile] = await lookup(value, "customer:pos");
      return ExplainView.parse(await answer(get(`/v1/profiles/${profile?.id ?? ""}/explain`)));
    };
    const own = await explained("KH-6931");
    const proven = own.edges.find(({ trust }) => trust === "proven");
    expect(proven?.evidence).toEqual([expect.objectContaining({ source: "oa", message: "zalo-77" })]);
    expect(own.edges.find(({ trust }) => trust === "weak")).toMatchObject({
      sources: ["web"],
      evidence: [{ message: null }],
    });
    const other = await explained("KH-6932");
    expect(other.edges).toEqual([]);
    expect(other.refused).toEqual([
      expect.objectContaining({
        trust: "weak",
        rule: "weak_other_person",
        meaning: "the browser already belongs to another person, or to nobody",
        sources: ["web"],
      }),
    ]);
  });

  test("shows an answer of the same tag only while nothing happened", async () => {
    await tell({ at: NOW - 3 * DAY, identifiers: [["customer:pos", "KH-6911"]] });
    await settle(NOW);
    const [profile] = await lookup("KH-6911", "customer:pos");
    const path = `/v1/profiles/${profile?.id ?? ""}`;
    const tag = async () => (await get(path)).headers.get("etag") ?? "";
    const before = await tag();
    await happened({ id: "t1", at: NOW - DAY, code: "KH-6911", browser: "b-6911" });
    await settle(NOW);
    const named = await tag();
    await happened({ id: "t2", at: NOW - DAY + MINUTE, browser: "b-6911" });
    await settle(NOW);
    const unnamed = await tag();
    expect(new Set([before, named, unnamed]).size).toBe(3);
    expect((await get(path, { headers: { "if-none-match": named } })).status).toBe(200);
    expect((await get(path, { headers: { "if-none-match": unnamed } })).status).toBe(304);
  });
});

describe("a timeline of many events", () => {
  test("is told whole by its pages, each event once, and a page reads no more than it tells", async () => {
    await happened({ id: "p0", at: NOW - 2 * DAY, code: "KH-6921", browser: "b-6921" });
    await settle(NOW);
    const anonymous = await keyOf("commerce", "anonymous:web", "b-6921");
    const subject = await keyOf("commerce", "customer:pos", "KH-6921");
    // Three of each instant, one of them named and two not.
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 2999)
       INSERT INTO events (source, message_id, at, type, name, channel, subject, anonymous)
       SELECT 'web', 'p-' || i, ? + (i / 3) * 1000, 'page', 'Home', 'web', iif(i % 3 = 0, ?, NULL), iif(i % 3 = 0, NULL, ?) FROM n`,
    )
      .bind(NOW - DAY, subject, anonymous)
      .run();
    const [profile] = await lookup("KH-6921", "customer:pos");
    const id = parseProfileId(profile?.id ?? "");
    if (id === null) throw new Error("There is no profile");
    expect(await channelsOf(id)).toEqual(["web 3001"]);
    const whole = await timeline(id);
    const told: string[] = [];
    let next = whole.next;
    let page = await timeline(id, "limit=19");
    for (; told.length < 200; page = await timeline(id, `limit=19&cursor=${next ?? ""}`)) {
      told.push(...eventsOf(page));
      next = page.next;
    }
    const first = eventsOf(whole);
    expect(first.length).toBeGreaterThan(150);
    expect(told.slice(0, first.length)).toEqual(first);

    const read: number[] = [];
    const watched = new Proxy(env.DB, {
      get: (target, name) => {
        if (name === "batch")
          return async (statements: D1PreparedStatement[]) => {
            const results = await target.batch(statements);
            read.push(results.reduce((sum, { meta }) => sum + (meta.rows_read ?? 0), 0));
            return results;
          };
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? (value.bind(target) as unknown) : value;
      },
    });
    await readTimeline(database(watched), { id, until: NOW, limit: 20 }, null);
    expect(read[0]).toBeLessThan(500);
  });

  test("and what is counted is found by indexes alone", async () => {
    const plan = await rowsOf<{ detail: string }>(
      commerceStatement(membersOf({ by: "keys", keys: ["a".repeat(22) as SubjectKey] })),
      "EXPLAIN QUERY PLAN ",
    );
    const details = plan.map(({ detail }) => detail);
    // Members and what was put together of them, and no table.
    expect(details.filter((detail) => /^SCAN (?![mckt]\b|\(|met|browser|json)/.test(detail))).toEqual([]);
    expect(details.filter((detail) => /SEARCH e /.test(detail))).toEqual([
      expect.stringContaining("USING COVERING INDEX events_subject"),
      expect.stringContaining("USING COVERING INDEX events_anonymous"),
    ]);
  });
});
