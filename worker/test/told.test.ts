// What channels tell, in D1: any order, repetition and splitting of the messages leaves the same rows, and what is from
// before an erasure stays out.

import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { ToldEvent, ToldMessage, ToldPackMessage } from "../../schema/messages-channels.ts";
import { database } from "../store/database.ts";
import { consumeDead, consumeFacts, type ErasedGate } from "../queues.ts";
import { lettersWithout } from "../store/erased-letters.ts";
import { runAll } from "../store/run-all.ts";
import { storeTold } from "../store/told.ts";
import { recordedBatch } from "./recorded-batch.ts";
import { PLAIN_EVENT } from "./plain-event.ts";

const db = database(env.DB);
const DAY = 86_400_000;
const NOON = Date.UTC(2026, 9, 14, 12);
const NOW = NOON + 30 * DAY;

/** 22 characters, as node keys are. */
const keyOf = (name: string): string => `${name.padEnd(21, "-")}A`;
const tagsOf = (key: string): readonly string[] => [`tag/${key}`];

const TABLES = {
  identifiers:
    "SELECT key, realm, kind, sealed, first_seen_at, last_seen_at, verified_at, generation, blocked, user_initiated FROM identifiers ORDER BY key",
  evidence: "SELECT * FROM evidence ORDER BY id",
  traits: "SELECT * FROM traits ORDER BY key, name, source",
  orders: "SELECT * FROM orders ORDER BY source, order_id",
  order_marks: "SELECT * FROM order_marks ORDER BY source, order_id, mark_id",
  events: "SELECT * FROM events ORDER BY source, message_id",
};
type Rows = Record<keyof typeof TABLES, Record<string, unknown>[]>;

const NOTHING: Rows = { identifiers: [], evidence: [], traits: [], orders: [], order_marks: [], events: [] };

const allRows = async (): Promise<Rows> => {
  const names = Object.keys(TABLES) as (keyof typeof TABLES)[];
  const answers = await env.DB.batch<Record<string, unknown>>(
    names.map((name) => env.DB.prepare(TABLES[name])),
  );
  return Object.fromEntries(names.map((name, index) => [name, answers[index]?.results ?? []])) as Rows;
};

const clear = async (): Promise<void> => {
  const tables = [
    ...Object.keys(TABLES),
    "identity_pending",
    "changes",
    "assignments",
    "profiles",
    "tombstones",
    "blocked_values",
    "dead_letters",
  ];
  await env.DB.batch(tables.map((name) => env.DB.prepare(`DELETE FROM ${name}`)));
};
const bury = (key: string, erasedAt: number, generation = 1) =>
  env.DB.prepare("INSERT INTO tombstones (tag, generation, key_id, erased_at) VALUES (?, ?, 'k', ?)")
    .bind(tagsOf(key)[0], generation, erasedAt)
    .run();
const pending = async (): Promise<string[]> =>
  (
    await env.DB.prepare("SELECT DISTINCT key FROM identity_pending ORDER BY key").all<{ key: string }>()
  ).results.map(({ key }) => key);

const phone = keyOf("phone");
const code = keyOf("code");

const telling = (more: Partial<ToldMessage> = {}): ToldMessage => ({
  kind: "told",
  source: "pos",
  messageId: "o-1/1",
  at: NOON,
  identifiers: [
    { key: code, realm: "commerce", kind: "customer:pos", sealed: "sealed-code", proven: false },
    { key: phone, realm: "commerce", kind: "phone", sealed: "sealed-phone", proven: false },
  ],
  evidence: [{ a: phone, b: code, trust: 2 }],
  traits: [{ key: code, name: "name", sealed: "Hoa", proven: false }],
  order: {
    orderId: "o-1",
    subject: code,
    at: NOON,
    updatedAt: NOON,
    branchId: null,
    channel: "pos",
    status: "completed",
    totalVnd: 100_000,
    currency: "VND",
    total: "100000",
    items: [{ name: "Trà", quantity: 2 }],
  },
  ...more,
});
const browser = keyOf("browser");
const event = (messageId: string, more: Partial<ToldEvent> = {}): ToldMessage => ({
  kind: "told",
  source: "web",
  messageId,
  at: NOON,
  identifiers: [],
  evidence: [],
  traits: [],
  order: null,
  event: { ...PLAIN_EVENT, type: "page", name: "Trà", ...more },
});
const order = (more: Partial<NonNullable<ToldMessage["order"]>>): ToldMessage["order"] => {
  const { order: plain } = telling();
  return plain === null ? null : { ...plain, ...more };
};

beforeEach(clear);
afterAll(clear);

describe("what a channel tells", () => {
  test("becomes identifiers, evidence of its UTC day, traits and an order, and waits to be decided", async () => {
    expect(await storeTold(db, [telling()], NOW, tagsOf)).toEqual({ erased: 0 });
    const rows = await allRows();
    expect(rows.identifiers).toMatchObject([
      { key: code, kind: "customer:pos", first_seen_at: NOON, verified_at: null, generation: 0, blocked: 0 },
      { key: phone, kind: "phone", last_seen_at: NOON },
    ]);
    expect(rows.evidence).toMatchObject([
      { id: `as/pos/2026-10-14/${code}/${phone}`, a: code, b: phone, trust: 2, observed_at: NOON - DAY / 2 },
    ]);
    expect(rows.traits).toMatchObject([{ key: code, name: "name", source: "pos", sealed: "Hoa" }]);
    expect(rows.orders).toMatchObject([{ order_id: "o-1", subject: code, total_vnd: 100_000 }]);
    expect(await pending()).toEqual([code, phone]);
  });

  test("changes nothing when it is told again, and nothing waits for it", async () => {
    await storeTold(db, [telling()], NOW, tagsOf);
    const before = await allRows();
    await env.DB.exec("DELETE FROM identity_pending");
    await storeTold(db, [telling(), telling()], NOW + 1, tagsOf);
    expect(await allRows()).toEqual(before);
    expect(await pending()).toEqual([]);
  });

  test("tells followers of a profile once a batch, and only where it shows something else", async () => {
    await storeTold(db, [telling()], NOW, tagsOf);
    await env.DB.batch([
      env.DB.prepare("INSERT INTO assignments (key, anchor) VALUES (?1, ?1), (?2, ?1)").bind(code, phone),
      env.DB.prepare(
        "INSERT INTO profiles (anchor, id, generation, revision, version, created_at, updated_at) VALUES (?, 'pr_1', 0, 1, 1, 1, 1)",
      ).bind(code),
    ]);
    const changes = () => env.DB.prepare("SELECT type, profile_id, data FROM changes").all();
    await storeTold(db, [telling()], NOW, tagsOf);
    expect((await changes()).results).toEqual([]);
    const paid = order({ updatedAt: NOON + 5, status: "refunded", totalVnd: 0, total: "0" });
    await storeTold(db, [telling({ at: NOON + 5, order: paid })], NOW, tagsOf);
    expect((await changes()).results).toEqual([{ type: "updated", profile_id: "pr_1", data: null }]);
    expect(await env.DB.prepare("SELECT version FROM profiles").first()).toEqual({ version: 2 });
  });

  test("of an order without a time of change is what became of it, whichever is told first", async () => {
    for (const end of ["cancelled", "refunded"] as const)
      for (const first of ["completed", end] as const) {
        await clear();
        const [sold, over] = [telling(), telling({ order: order({ status: end }) })];
        const told = first === end ? [over, sold] : [sold, over];
        for (const message of told) await storeTold(db, [message], NOW, tagsOf);
        expect((await allRows()).orders).toMatchObject([{ status: end }]);
      }
  });

  test("of an order was placed at the earliest time told; a browser moves no time that others told", async () => {
    const placed = telling();
    const updated = telling({
      messageId: "u",
      order: order({ at: NOON + 5_000, updatedAt: NOON + 5_000, totalVnd: 7 }),
    });
    const [early, late] = [NOON - 9_000, NOON - 3_000].map((at, index) =>
      telling({
        messageId: `b${index}`,
        order: order({ at, updatedAt: Math.floor(at / 1_000), totalVnd: index }),
      }),
    );
    if (!early || !late) throw new Error("No browser told");
    const found = async (messages: readonly ToldMessage[], at: number, total: number) => {
      await clear();
      for (const message of messages) await storeTold(db, [message], NOW, tagsOf);
      expect((await allRows()).orders).toMatchObject([{ at, total_vnd: total }]);
    };
    await found([early, late], NOON - 9_000, 1);
    await found([late, early], NOON - 9_000, 1);
    for (const told of [
      [placed, updated, early],
      [early, updated, placed],
      [updated, early, placed],
    ])
      await found(told, NOON, 7);
  });

  test("does not bring evidence back that was retracted", async () => {
    await storeTold(db, [telling()], NOW, tagsOf);
    await env.DB.exec("UPDATE evidence SET retracted_at = 7");
    await storeTold(db, [telling({ messageId: "o-2/1", at: NOON + 60_000 })], NOW, tagsOf);
    expect((await allRows()).evidence).toMatchObject([{ retracted_at: 7 }]);
  });

  test("knows values that say nothing about anyone when it stores them", async () => {
    await env.DB.prepare("INSERT INTO blocked_values (key, reason, actor, at) VALUES (?, 'shop', 'admin', 1)")
      .bind(phone)
      .run();
    await storeTold(db, [telling()], NOW, tagsOf);
    expect((await allRows()).identifiers).toMatchObject([{ blocked: 0 }, { key: phone, blocked: 1 }]);
  });
});

describe("somebody who was erased", () => {
  test("does not come back by what was told before, and it is counted", async () => {
    await bury(phone, NOON);
    await bury(code, NOON);
    expect(await storeTold(db, [telling(), telling()], NOW, tagsOf)).toEqual({ erased: 2 });
    expect(await allRows()).toEqual(NOTHING);
    expect(await pending()).toEqual([]);
  });

  test("does not come back by a refund of what was bought before", async () => {
    await bury(phone, NOON + 10);
    await bury(code, NOON + 10);
    const refund = order({ updatedAt: NOON + DAY, status: "refunded" });
    expect(await storeTold(db, [telling({ at: NOON + DAY, order: refund })], NOW, tagsOf)).toEqual({
      erased: 1,
    });
    expect((await allRows()).identifiers).toEqual([]);
  });

  test("is somebody new when they buy again: a generation later", async () => {
    await bury(phone, NOON - 1, 1);
    await bury(phone, NOON - 1, 2);
    await storeTold(db, [telling()], NOW, tagsOf);
    expect((await allRows()).identifiers).toMatchObject([{ generation: 0 }, { key: phone, generation: 2 }]);
  });

  test("takes the whole message along: a code that came with the number would bring the name and the order back", async () => {
    await bury(phone, NOON);
    expect(await storeTold(db, [telling()], NOW, tagsOf)).toEqual({ erased: 1 });
    expect(await allRows()).toEqual(NOTHING);
    expect(await pending()).toEqual([]);
  });
});

const recordingGate = () => {
  const said: string[] = [];
  const gate: ErasedGate = {
    tagsOf,
    count: async (branchId, reason, n) => void said.push(`${branchId} ${reason} ${n}`),
    settle: async () => void said.push("settle"),
    tell: async () => void said.push("tell"),
  };
  return { gate, said };
};

describe("the queue's consumer", () => {
  test("stores what is told, counts what stayed out, and has it decided afterwards", async () => {
    await bury(phone, NOON);
    const { gate, said } = recordingGate();
    const later = telling({ at: NOON + 1, order: order({ orderId: "o-2", at: NOON + 1 }) });
    const { batch, fates } = recordedBatch("quen-facts", [telling(), telling(), later], 1, NOW);
    await consumeFacts(batch, db, gate, NOW);
    expect(fates()).toEqual(["acked", "acked", "acked"]);
    expect(said).toEqual(["null erased_told 2", "settle", "tell"]);
    expect((await allRows()).orders).toMatchObject([{ order_id: "o-2" }]);
  });

  test("lets what the database refuses not hold the rest back", async () => {
    await env.DB.exec(
      "CREATE TRIGGER refuse BEFORE INSERT ON orders WHEN NEW.order_id = 'bad' BEGIN SELECT RAISE(ABORT, 'not this one'); END",
    );
    const { gate } = recordingGate();
    const { batch, fates } = recordedBatch(
      "quen-facts",
      [telling({ order: order({ orderId: "bad" }) }), telling()],
      3,
      NOW,
    );
    await consumeFacts(batch, db, gate, NOW);
    await env.DB.exec("DROP TRIGGER refuse");
    expect(fates()).toEqual(["acked", "acked"]);
    expect((await allRows()).orders).toMatchObject([{ order_id: "o-1" }]);
    expect(await letters()).toHaveLength(1);
  });

  test("takes a pack as what is in it, and of what is refused only that becomes a letter", async () => {
    await env.DB.exec(
      "CREATE TRIGGER refuse BEFORE INSERT ON orders WHEN NEW.order_id = 'bad' BEGIN SELECT RAISE(ABORT, 'not this one'); END",
    );
    const { gate, said } = recordingGate();
    const bad = telling({ order: order({ orderId: "bad" }) });
    const pack = { kind: "told_pack", told: [telling(), bad, event("p-1")] };
    const first = recordedBatch("quen-facts", [pack, { kind: "told_pack", told: [event("p-2")] }], 1, NOW);
    await consumeFacts(first.batch, db, gate, NOW);
    expect(first.fates()).toEqual([{ retryAfterSeconds: 5 }, "acked"]);
    const last = recordedBatch("quen-facts", [pack], 3, NOW);
    await consumeFacts(last.batch, db, gate, NOW);
    await env.DB.exec("DROP TRIGGER refuse");
    expect(last.fates()).toEqual(["acked"]);
    const rows = await allRows();
    expect(rows.orders).toMatchObject([{ order_id: "o-1" }]);
    expect(rows.events).toMatchObject([{ message_id: "p-1" }, { message_id: "p-2" }]);
    const [letter, ...others] = await letters();
    expect(others).toEqual([]);
    expect(letter).toMatchObject({ id: `${last.batch.messages[0]?.id}.1`, reason: "retries_exhausted" });
    expect(JSON.parse(String(letter?.["body"]))).toEqual(bad);
    expect(said).toEqual(["settle", "tell", "settle", "tell"]);
  });

  test("asks nobody to decide or to send anything for events that name nobody", async () => {
    const { gate, said } = recordingGate();
    const { batch } = recordedBatch("quen-facts", [{ kind: "told_pack", told: [event("p-1")] }], 1, NOW);
    await consumeFacts(batch, db, gate, NOW);
    expect(said).toEqual([]);
  });

  test("keeps in the letter of a pack only what names nobody who was erased", async () => {
    const { gate } = recordingGate();
    const pack = { kind: "told_pack", told: [telling(), event("p-1", { anonymous: browser }), event("p-2")] };
    const dead = async (): Promise<void> => {
      const { batch } = recordedBatch("quen-facts-dead", [pack], 1, NOW);
      await consumeDead(batch, db, gate, NOW);
    };
    const left = async () =>
      (await letters()).map(({ body }) =>
        (JSON.parse(String(body)) as ToldPackMessage).told.map((told) => told.messageId),
      );
    await dead();
    await runAll(db, lettersWithout([browser]));
    expect(await left()).toEqual([["o-1/1", "p-2"]]);
    await runAll(db, lettersWithout([phone]));
    expect(await left()).toEqual([["p-2"]]);
    await runAll(db, lettersWithout([code]));
    expect(await left()).toEqual([["p-2"]]);
    await env.DB.exec("DELETE FROM dead_letters");
    await bury(browser, NOON);
    await bury(code, NOON - 1);
    await dead();
    expect(await left()).toEqual([["o-1/1", "p-2"]]);
  });

  test("keeps no letter that names somebody who was erased since, whichever came first", async () => {
    const { gate } = recordingGate();
    const dead = async (message: ToldMessage): Promise<number> => {
      const { batch } = recordedBatch("quen-facts-dead", [message], 1, NOW);
      await consumeDead(batch, db, gate, NOW);
      return (await letters()).length;
    };
    expect(await dead(telling())).toBe(1);
    await runAll(db, lettersWithout([phone]));
    expect(await letters()).toHaveLength(0);
    await bury(phone, NOON);
    expect(await dead(telling())).toBe(0);
    expect(await dead(telling({ at: NOON + 1, order: null }))).toBe(1);
  });
});

const letters = async () => (await env.DB.prepare("SELECT * FROM dead_letters").all()).results;

const KEYS = ["a", "b", "c", "d"].map(keyOf);
const someKey = fc.constantFrom(...KEYS);
const someTime = fc.integer({ min: 0, max: 5 }).map((step) => NOON + step * (DAY / 2));
const someMessage: fc.Arbitrary<ToldMessage> = fc
  .record({
    source: fc.constantFrom("pos", "web"),
    messageId: fc.constantFrom("m1", "m2", "m3"),
    at: someTime,
    keys: fc.uniqueArray(someKey, { maxLength: 3 }),
    proven: fc.boolean(),
    trust: fc.constantFrom(1 as const, 2 as const, 3 as const),
    name: fc.constantFrom("Hoa", "Lan"),
    userInitiated: fc.constantFrom(undefined, true, false),
    event: fc.option(
      fc.record<ToldEvent>({
        type: fc.constantFrom("page" as const, "track" as const),
        name: fc.constantFrom("viewed", "added"),
        channel: fc.constantFrom("web", "app"),
        stage: fc.constantFrom(null, "view" as const),
        campaign: fc.constantFrom(null, {}, { source: "fb" }, { source: "fb", name: "tet" }),
        subject: fc.option(someKey),
        anonymous: fc.option(someKey),
        branchId: fc.constantFrom(null, "q1"),
        direction: fc.constantFrom(null, "in" as const),
        sentiment: fc.constantFrom(null, "positive" as const),
        products: fc.constantFrom([], [{ id: "1" }]),
        orderId: fc.constantFrom(null, "o1"),
        valueVnd: fc.constantFrom(null, 0, 5, 10),
        details: fc.constantFrom(null, "sealed-details"),
      }),
    ),
    mark: fc.option(
      fc.record({
        book: fc.constantFrom("pos", "web"),
        orderId: fc.constantFrom("o1", "o2"),
        markId: fc.constantFrom("k1", "k2"),
        kind: fc.constantFrom("refund" as const, "cancel" as const),
        at: someTime,
        amountVnd: fc.constantFrom(null, 0, 5),
      }),
    ),
    order: fc.option(
      fc.record({
        orderId: fc.constantFrom("o1", "o2"),
        subject: someKey,
        at: someTime,
        updatedAt: fc.oneof(someTime, fc.constantFrom(1, 2)),
        branchId: fc.constantFrom(null, "q1"),
        channel: fc.constantFrom("pos", "web"),
        status: fc.constantFrom("placed" as const, "refunded" as const),
        totalVnd: fc.constantFrom(null, 0, 5),
        net: fc.constantFrom(undefined, true, false),
        book: fc.constantFrom(undefined, "pos"),
        currency: fc.constantFrom("VND", "USD"),
        total: fc.constantFrom("0", "5"),
      }),
    ),
  })
  .map(({ keys, proven, trust, name, order: bought, userInitiated, ...rest }) => {
    const [first, ...others] = keys;
    return {
      kind: "told" as const,
      ...rest,
      order:
        bought === null
          ? null
          : { ...bought, net: bought.net ?? true, book: bought.book ?? rest.source, items: [] },
      // One kind a value: sealed the same wherever it is told.
      identifiers: keys.map((key) => ({
        key,
        realm: "commerce" as const,
        kind: "phone",
        sealed: `s-${key}`,
        proven,
        ...(userInitiated === undefined ? {} : { userInitiated }),
      })),
      evidence: first === undefined ? [] : others.map((other) => ({ a: first, b: other, trust })),
      traits: first === undefined ? [] : [{ key: first, name: "name", sealed: name, proven }],
    };
  });

test("every order, repetition and splitting of messages leaves the same rows", async () => {
  const plan = fc.record({
    messages: fc.array(someMessage, { minLength: 1, maxLength: 8 }),
    erased: fc.option(fc.record({ key: someKey, at: someTime })),
    seeds: fc.infiniteStream(fc.nat()),
  });
  await fc.assert(
    fc.asyncProperty(plan, async ({ messages, erased, seeds }) => {
      const tell = async (batches: readonly (readonly ToldMessage[])[]): Promise<Rows> => {
        await clear();
        if (erased) await bury(erased.key, erased.at);
        for (const batch of batches) await storeTold(db, batch, NOW, tagsOf);
        return allRows();
      };
      const rank = new Map<number, number>();
      const mangled = [...messages, ...messages].map((message, index) => {
        rank.set(index, seeds.next().value ?? 0);
        return { message, index };
      });
      mangled.sort((one, other) => (rank.get(one.index) ?? 0) - (rank.get(other.index) ?? 0));
      const batches: ToldMessage[][] = [[]];
      for (const { message } of mangled) {
        if ((seeds.next().value ?? 0) % 2 === 0) batches.push([]);
        batches.at(-1)?.push(message);
      }
      expect(await tell(batches)).toEqual(await tell([messages]));
    }),
    { numRuns: 60 },
  );
});
