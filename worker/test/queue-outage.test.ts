// A database that is away costs messages nothing but time: each waits longer than the time before, none is given up
// by us, and a batch is not tried message by message as long as nothing answers.

import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { consumeDead, consumeFacts } from "../queues.ts";
import { database } from "../store/database.ts";
import { type Fate, recordedBatch } from "./recorded-batch.ts";

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 9, 14, 5, 0);

/** The database of the tests, of which `batch` fails with the given words as long as there are some. */
const failing = (words: (string | null)[]) => {
  const asked = { batches: 0 };
  const binding = new Proxy(env.DB, {
    get: (db, name) => {
      if (name === "prepare") return db.prepare.bind(db);
      return (statements: D1PreparedStatement[]) => {
        const word = words[Math.min(asked.batches, words.length - 1)];
        asked.batches += 1;
        return word ? Promise.reject(new Error(word)) : db.batch(statements);
      };
    },
  });
  return { db: database(binding), asked };
};

const visitSet = (device: string) => ({
  kind: "visits",
  branchId: "q",
  day: "2026-10-14",
  device,
  revision: 1,
  definitions: "2026-1",
  randomised: false,
  visits: [],
});
const after = (seconds: number): Fate => ({ retryAfterSeconds: seconds });

const DOWN = [
  "D1_ERROR: Network connection lost.",
  "D1_ERROR: D1 DB is overloaded. Requests queued for too long.",
  "D1_ERROR: database is locked: SQLITE_BUSY",
  "D1_ERROR: no such table: visits: SQLITE_ERROR",
];

const NOBODY_ERASED = {
  tagsOf: () => [],
  count: async () => undefined,
  settle: async () => undefined,
  tell: async () => undefined,
};
const consumers = { "quen-facts": consumeFacts, "quen-facts-dead": consumeDead };
const delaysOf = async (queue: keyof typeof consumers, tries: number): Promise<number[]> => {
  const delays: number[] = [];
  for (let attempts = 1; attempts <= tries; attempts += 1) {
    const { batch, fates } = recordedBatch(queue, [visitSet("a")], attempts, NOW);
    await consumers[queue](batch, failing(DOWN).db, NOBODY_ERASED, NOW);
    const [fate] = fates();
    if (typeof fate !== "object") throw new Error(`At try ${attempts} the message was ${fate}`);
    delays.push(fate.retryAfterSeconds ?? 0);
  }
  return delays;
};
const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0);

// Each failure is logged, as it should be; here there are hundreds.
beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => undefined));
afterEach(() => void vi.restoreAllMocks());

describe("a database that is away", () => {
  test.each(DOWN)("is asked once for a whole batch: %s", async (words) => {
    const { db, asked } = failing([words]);
    const sets = Array.from({ length: 100 }, (_, index) => visitSet(`d${index}`));
    const { batch, fates } = recordedBatch("quen-facts", sets, 5, NOW);
    await consumeFacts(batch, db, NOBODY_ERASED, NOW);
    expect(fates()).toEqual(sets.map(() => after(80)));
    expect(asked.batches).toBe(1);
  });

  test("may be away for two hours without any message leaving the queue", async () => {
    const delays = await delaysOf("quen-facts", 20);
    expect(delays.slice(0, 9)).toEqual([5, 10, 20, 40, 80, 160, 320, 600, 600]);
    expect(sum(delays)).toBeGreaterThan(2 * 3_600);
  });

  test("may be away for almost four days more before the last queue gives up", async () => {
    const delays = await delaysOf("quen-facts-dead", 100);
    expect(Math.max(...delays)).toBe(3_600);
    expect(sum(delays) * 1_000).toBeGreaterThan(3.9 * DAY);
  });

  test("ends the tries one by one in the midst of them, and what was stored is not repeated", async () => {
    const { db, asked } = failing(["D1_ERROR: too big: SQLITE_TOOBIG", null, ...DOWN]);
    const sets = [visitSet("x1"), visitSet("x2"), visitSet("x3")];
    const { batch, fates } = recordedBatch("quen-facts", sets, 1, NOW);
    await consumeFacts(batch, db, NOBODY_ERASED, NOW);
    expect(asked.batches).toBe(3);
    expect(fates()).toEqual(["acked", after(5), after(5)]);
  });

  test("keeps what is not valid, and what was refused, in the queue until the letters are written", async () => {
    const away = "D1_ERROR: Network connection lost.";
    const refused = "D1_ERROR: refused: SQLITE_CONSTRAINT";
    const { db } = failing([away, refused, refused, away]);
    const { batch, fates } = recordedBatch("quen-facts", [{ kind: "nothing" }, visitSet("y1")], 9, NOW);
    await consumeFacts(batch, db, NOBODY_ERASED, NOW);
    expect(fates()).toEqual([after(600), after(600)]);
  });
});
