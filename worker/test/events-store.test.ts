// Whose events are, in D1: the rule of core/journeys/owners.ts and its SQL say the same, and find what they need by index.

import { env } from "cloudflare:workers";
import { type SQL, sql } from "drizzle-orm";
import { SQLiteAsyncDialect } from "drizzle-orm/sqlite-core";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CLAIM_MS, NOBODY, ownerOf } from "../core/journeys/owners.ts";
import { NOTHING_SAID } from "../core/intake/said.ts";
import { identifierKeys } from "../identity/identifier-keys.ts";
import { saidMessage } from "../identity/said-message.ts";
import { database } from "../store/database.ts";
import { eventOwner, ownedEvents } from "../store/event-owner.ts";
import { eventsOf, withoutEvents } from "../store/erasure-events.ts";
import { removeOldEvents } from "../store/event-retention.ts";
import { removeOldMarks, removeOldOrders } from "../store/forget-dormant.ts";
import { answerAll, runAll } from "../store/run-all.ts";
import { storeTold } from "../store/told.ts";
import { testServices } from "./person.ts";

const db = database(env.DB);
const DAY = 86_400_000;

interface Row {
  readonly id: string;
  readonly at: number;
  readonly subject: string | null;
  readonly anonymous: string | null;
}

const store = async (rows: readonly Row[]): Promise<void> => {
  await env.DB.batch([
    env.DB.prepare("DELETE FROM events"),
    env.DB.prepare(
      `INSERT INTO events (source, message_id, at, type, name, channel, subject, anonymous)
        SELECT 'web', value ->> 'id', value ->> 'at', 'page', 'p', 'web', value ->> 'subject', value ->> 'anonymous'
        FROM json_each(?)`,
    ).bind(JSON.stringify(rows)),
  ]);
};

const ask = async (query: SQL): Promise<Record<string, unknown>[]> =>
  (await answerAll(db, [query]))[0]?.results as Record<string, unknown>[];

const everyOwner = sql`SELECT e.message_id AS id, ${eventOwner(sql`e`)} AS owner FROM events e`;
const ownedBy = (subjects: readonly string[]): SQL => sql`
  WITH ${ownedEvents(sql`SELECT value FROM json_each(${JSON.stringify(subjects)})`)}
  SELECT message_id AS id, subject AS owner FROM owned_event`;

const someRows = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: 12 }).map((step) => step * (CLAIM_MS / 4)),
      subject: fc.option(fc.constantFrom("hoa", "lan", "mai")),
      anonymous: fc.option(fc.constantFrom("phone", "laptop"), { freq: 5 }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((rows) => rows.map((row, index): Row => ({ id: `m${index}`, ...row })));

test("whose an event is, and which events are whose, is the same in SQL and in the pure rule", async () => {
  await fc.assert(
    fc.asyncProperty(someRows, fc.subarray(["hoa", "lan", "mai"]), async (rows, people) => {
      await store(rows);
      const identifies = rows.flatMap(({ anonymous, subject, at }) =>
        anonymous === null || subject === null ? [] : [{ anonymous, subject, at }],
      );
      const expected = new Map(rows.map((row) => [row.id, ownerOf(row, identifies)]));
      const answered = await ask(everyOwner);
      expect(new Map(answered.map(({ id, owner }) => [id, owner]))).toEqual(expected);
      const owned = await ask(ownedBy(people));
      expect(new Map(owned.map(({ id, owner }) => [id, owner]))).toEqual(
        new Map([...expected].filter(([, owner]) => owner !== null && people.includes(owner))),
      );
      expect(owned.length).toBe(new Set(owned.map(({ id }) => id)).size);
    }),
    { numRuns: 60 },
  );
});

test("an erasure takes what is the person's, named or not, and leaves of others what was theirs", async () => {
  const someNames = fc.subarray(["hoa", "lan", "phone"], { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(someRows, someNames, async (drawn, names) => {
      // Nobody is named in one browser at one instant with somebody else: then whose it is would be by chance.
      const rows = [...new Map(drawn.map((row) => [`${row.anonymous}/${row.at}`, row])).values()];
      await store(rows);
      const identifies = rows.flatMap(({ anonymous, subject, at }) =>
        anonymous === null || subject === null ? [] : [{ anonymous, subject, at }],
      );
      const isOf = (name: string | null): boolean => name !== null && names.includes(name);
      const left = rows.flatMap((row) => {
        const owner = ownerOf(row, identifies);
        if (!isOf(owner ?? row.anonymous))
          return [isOf(row.anonymous) ? { ...row, subject: owner, anonymous: null } : row];
        const isShared = identifies.some((one) => one.anonymous === row.anonymous && !isOf(one.subject));
        return isOf(row.subject) && !isOf(row.anonymous) && isShared ? [{ ...row, subject: NOBODY }] : [];
      });
      const [held] = await ask(sql`SELECT count(*) AS n FROM ${eventsOf(names)}`);
      expect(held?.["n"]).toBe(rows.length - left.filter(({ subject }) => subject !== NOBODY).length);
      await runAll(db, withoutEvents(names));
      const found = await ask(sql`SELECT message_id AS id, at, subject, anonymous FROM events`);
      const byId = (a: { id?: unknown }, b: { id?: unknown }) => (String(a.id) < String(b.id) ? -1 : 1);
      expect(found.toSorted(byId)).toEqual(left.toSorted(byId));
      // What comes again of the erased, in a browser that is not erased, is nobody's.
      const again = rows.filter((row) => row.subject === null && !isOf(row.anonymous));
      const known = new Map((await ask(everyOwner)).map(({ id, owner }) => [id, owner]));
      await ask(sql`INSERT INTO events (source, message_id, at, type, name, channel, anonymous)
        SELECT 'web', value ->> 'id', value ->> 'at', 'page', 'p', 'web', value ->> 'anonymous'
        FROM json_each(${JSON.stringify(again)}) WHERE true ON CONFLICT DO NOTHING`);
      const late = (await ask(everyOwner)).filter(({ id }) => !known.has(id));
      expect(late.filter(({ owner }) => owner !== null && owner !== NOBODY)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

describe("events past 13 months", () => {
  const NOW = 500 * DAY;
  const at = (daysAgo: number): number => NOW - daysAgo * DAY;
  const row = (id: string, daysAgo: number, subject: string | null, anonymous: string | null): Row => ({
    id,
    at: at(daysAgo),
    subject,
    anonymous,
  });
  const left = async (): Promise<unknown[]> =>
    (await ask(sql`SELECT message_id AS id FROM events ORDER BY at, message_id`)).map(({ id }) => id);

  test("go, but for who was named last in a browser that is still used namelessly", async () => {
    await store([
      row("a1", 400, "hoa", "phone"),
      row("a2", 399, "lan", "phone"),
      row("a3", 398, null, "phone"),
      row("a4", 10, null, "phone"),
      row("b1", 399, "hoa", "laptop"),
      row("b2", 10, "hoa", "laptop"),
      row("c1", 397, null, "tablet"),
      row("c2", 10, null, "tablet"),
      row("d1", 397, "mai", null),
      row("d2", 395, "mai", null),
    ]);
    expect(await removeOldEvents(db, NOW)).toBe("done");
    expect(await left()).toEqual(["a2", "d2", "a4", "b2", "c2"]);
    const owners = await ask(everyOwner);
    expect(owners.find(({ id }) => id === "a4")).toEqual({ id: "a4", owner: "lan" });
    await removeOldEvents(db, NOW + 390 * DAY);
    expect(await left()).toEqual([]);
  });

  test("that say who was there change the owner of nothing that stays", async () => {
    await fc.assert(
      fc.asyncProperty(someRows, fc.integer({ min: 0, max: 12 }), async (rows, step) => {
        await store(rows);
        const before = new Map((await ask(everyOwner)).map(({ id, owner }) => [id, owner]));
        await removeOldEvents(db, step * (CLAIM_MS / 4) + 396 * DAY);
        for (const { id, owner } of await ask(everyOwner)) expect(owner).toBe(before.get(id));
        const expected = rows.filter((one) => one.at > step * (CLAIM_MS / 4)).map(({ id }) => id);
        expect(await left()).toEqual(expect.arrayContaining(expected));
      }),
      { numRuns: 40 },
    );
  });

  test("take the marks of orders along when the orders go, and marks of no order", async () => {
    const now = NOW + 762 * DAY;
    const placed = (id: string, time: number): string =>
      `INSERT INTO orders (source, order_id, subject, at, updated_at, channel, status, currency, total, items) VALUES ('pos', '${id}', 'hoa', ${time}, ${time}, 'pos', 'completed', 'VND', '1', '[]')`;
    const mark = (id: string, time: number): string =>
      `INSERT INTO order_marks (source, order_id, mark_id, kind, at) VALUES ('pos', '${id}', 'm', 'cancel', ${time})`;
    await env.DB.batch(
      [
        placed("old", NOW),
        mark("old", NOW + DAY),
        placed("new", NOW + DAY),
        mark("new", NOW - DAY),
        mark("none", NOW),
        mark("soon", NOW + DAY),
      ].map((text) => env.DB.prepare(text)),
    );
    await removeOldOrders(db, now);
    await removeOldMarks(db, now);
    const marks = await ask(sql`SELECT order_id AS id FROM order_marks ORDER BY order_id`);
    expect(marks.map(({ id }) => id)).toEqual(["new", "soon"]);
  });
});

test("of a browser only events that name somebody are read to say whose one is", async () => {
  const { sql: text, params } = new SQLiteAsyncDialect({ casing: "snake_case" }).sqlToQuery(ownedBy(["hoa"]));
  const plan = await env.DB.prepare(`EXPLAIN QUERY PLAN ${text}`)
    .bind(...params)
    .all<{ detail: string }>();
  const steps = plan.results.map(({ detail }) => detail);
  const search = "SEARCH i USING COVERING INDEX events_anonymous (anonymous=? AND <expr>=? AND at";
  expect(steps.filter((step) => step.startsWith(search))).toHaveLength(2);
  expect(steps.filter((step) => /^SCAN [ein]\b/.test(step))).toEqual([]);
});

test("what is told is stored by searches alone, however many events there are", async () => {
  const asked: { text: string; params: unknown[] }[] = [];
  const listening = new Proxy(env.DB, {
    get: (inner, name) => {
      if (name !== "prepare") return inner.batch.bind(inner);
      return (text: string) => {
        const statement = inner.prepare(text);
        return {
          bind: (...params: unknown[]) => {
            asked.push({ text, params });
            return statement.bind(...params);
          },
        };
      };
    },
  });
  const told = await saidMessage(
    {
      keyOf: identifierKeys(testServices().settings.IDENTIFIER_KEYS),
      sealSame: async (value) => `sealed ${value.length}`,
    },
    "web",
    {
      ...NOTHING_SAID,
      messageId: "plan",
      at: DAY,
      identifiers: [
        { kind: "customer:web", value: "KH1", proven: false, userInitiated: true },
        { kind: "anonymous:web", value: "b1", proven: false, userInitiated: true },
      ],
      edges: [{ a: 0, b: 1, trust: 3 }],
      traits: [{ name: "name", value: "Hoa", proven: false }],
      mark: { book: "web", orderId: "1", markId: "r1", kind: "refund", at: DAY, amountVnd: null },
    },
  );
  await storeTold(database(listening), told === null ? [] : [told], DAY, () => ["tag"]);
  expect(asked).toHaveLength(11);
  const plans = await Promise.all(
    asked.map(async ({ text, params }) =>
      env.DB.prepare(`EXPLAIN QUERY PLAN ${text}`)
        .bind(...params)
        .all<{ detail: string }>(),
    ),
  );
  const scans = plans
    .flatMap(({ results }) => results.map(({ detail }) => detail))
    .filter((detail) => /^SCAN (?!json_each|value|CONSTANT|new\b|\(|told\b|[rn]\b)/.test(detail));
  expect([...new Set(scans)]).toEqual([]);
});
