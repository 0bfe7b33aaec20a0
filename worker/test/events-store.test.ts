// Whose events are, in D1: the rule of core/journeys/owners.ts and its SQL say the same, and find what they need by index.

import { env } from "cloudflare:workers";
import { type SQL, sql } from "drizzle-orm";
import { SQLiteAsyncDialect } from "drizzle-orm/sqlite-core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { CLAIM_MS, ownerOf } from "../core/journeys/owners.ts";
import { database } from "../store/database.ts";
import { eventOwner, ownedEvents } from "../store/event-owner.ts";
import { answerAll } from "../store/run-all.ts";

const db = database(env.DB);

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
