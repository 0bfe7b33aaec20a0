// The identity lane on a real database: whatever order, repetition, batches, crashes and races, what is stored ends as the
// answer of the pure resolver about all facts (invariants 3 and 6).

import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Facts } from "../core/identity/facts.ts";
import { resolve } from "../core/identity/resolve.ts";
import { DEFAULT_RULES, type Rules } from "../core/identity/rules.ts";
import type { Env } from "../env.ts";
import { takeTurn, type Turn } from "../identity/settle.ts";
import { identityDeps } from "../compose.ts";
import type { Database } from "../store/database.ts";
import {
  aliasesNow,
  type Answer,
  answerOf,
  feed,
  forgetAll,
  letWait,
  putInForce,
  storedAnswer,
  tell,
  waiting,
} from "./identity-facts.ts";
import { watchedDatabase } from "./watched-database.ts";
import {
  factsArb,
  keyOf,
  node,
  rulesArb,
  saw,
  tellingArb,
  toldOtherwise,
} from "./model/identity-scenario.ts";

const workerEnv = env as unknown as Env;
const NOTHING: Facts = { nodes: [], evidence: [], statements: [] };
const NOW = Date.UTC(2026, 9, 14, 5, 0);
const TOO_MANY = 1_000;

const made = identityDeps(workerEnv);
if (made === null) throw new Error("The test Worker is not configured");
const deps = made;

beforeEach(forgetAll);
afterEach(() => vi.restoreAllMocks());

const plus = (one: Facts, other: Facts): Facts => ({
  nodes: [...one.nodes, ...other.nodes],
  evidence: [...one.evidence, ...other.evidence],
  statements: [...one.statements, ...other.statements],
});
const singles = (facts: Facts): Facts[] => [
  ...facts.nodes.map((one) => ({ ...NOTHING, nodes: [one] })),
  ...facts.evidence.map((one) => ({ ...NOTHING, evidence: [{ ...one, active: true }] })),
  ...facts.evidence.filter((one) => !one.active).map((one) => ({ ...NOTHING, evidence: [one] })),
  ...facts.statements.map((one) => ({ ...NOTHING, statements: [{ ...one, active: true }] })),
  ...facts.statements.filter((one) => !one.active).map((one) => ({ ...NOTHING, statements: [one] })),
];

const drain = async (turn: () => Promise<Turn>): Promise<void> => {
  for (let turns = 0; turns < TOO_MANY; turns += 1) if ((await turn()).kind === "idle") return;
  throw new Error("It never ended");
};
const turnOf = (most: number, newest = 250, db: Database = deps.db) =>
  takeTurn({ ...deps, db }, { most, newest, now: NOW });

const lane = (name: string) => env.IDENTITY.get(env.IDENTITY.idFromName(name));
const clock = { now: NOW, virtual: false };

/** Every id ever given means the profile that holds its identifier; one who follows the feed knows all profiles. */
const expectIdsToHold = async (): Promise<void> => {
  const ids = await aliasesNow();
  expect(ids.filter(({ current }) => current === null)).toEqual([]);
  const copy = new Set<string>();
  for (const { type, profileId, previousIds } of await feed()) {
    if (type === "merged") for (const id of previousIds) copy.delete(id);
    copy.add(profileId);
  }
  expect([...copy].toSorted()).toEqual([...new Set(ids.map((one) => one.current ?? ""))].toSorted());
};

const batchesArb = fc.record({
  telling: tellingArb,
  sizes: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 5, maxLength: 5 }),
  turns: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 5, maxLength: 5 }),
  most: fc.integer({ min: 1, max: 20 }),
  newest: fc.constantFrom(2, 5, 250),
});
type Batches = typeof batchesArb extends fc.Arbitrary<infer T> ? T : never;

/** As many runs as the time allows, at least some. */
const forSeconds = (seconds: number) => ({
  numRuns: TOO_MANY,
  interruptAfterTimeLimit: seconds * 1_000,
  markInterruptAsFailure: false,
});
let runs = 0;

const inBatches = (facts: Facts, { telling, sizes }: Batches): Facts[] => {
  const told = toldOtherwise(singles(facts), telling);
  const batches: Facts[] = [];
  for (let from = 0, index = 0; from < told.length; index += 1) {
    const size = sizes[index % sizes.length] ?? 1;
    batches.push(told.slice(from, from + size).reduce(plus, NOTHING));
    from += size;
  }
  return batches;
};

describe("the stored answer equals that of resolving all facts", () => {
  test("in any order, told twice, cut into any batches, decided in any turns, with hubs cut off", async () => {
    await fc.assert(
      fc.asyncProperty(factsArb, rulesArb, batchesArb, async (facts, rules, how) => {
        await forgetAll();
        await putInForce(rules);
        for (const [index, batch] of inBatches(facts, how).entries()) {
          await tell(batch);
          const turns = how.turns[index % how.turns.length] ?? 0;
          for (let turn = 0; turn < turns; turn += 1) await turnOf(how.most, how.newest);
        }
        await drain(() => turnOf(how.most * 20, how.newest));
        // What two hubs, both cut off, have with each other may be told late.
        const seen = (answer: Answer): Answer => (how.newest < 100 ? { ...answer, refused: [] } : answer);
        expect(seen(await storedAnswer())).toEqual(seen(answerOf(resolve(facts, rules))));
        await expectIdsToHold();
        runs += 1;
      }),
      forSeconds(10),
    );
    console.info("Runs in any order", { runs });
  });

  test("with two lanes that decide at the same time, and turns that break off anywhere", async () => {
    let [raced, conflicts] = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        factsArb,
        rulesArb,
        batchesArb,
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 6, maxLength: 6 }),
        async (facts, rules, how, breaks) => {
          await forgetAll();
          await putInForce(rules);
          const breaking = (index: number): Promise<Turn | null> => {
            const at = breaks[index % breaks.length];
            const { db } = watchedDatabase((batch) => {
              if (batch === at) throw new Error("The database went away");
            });
            return turnOf(how.most, how.newest, db).catch(() => null);
          };
          for (const [index, batch] of inBatches(facts, how).entries()) {
            await tell(batch);
            const both = await Promise.all([turnOf(how.most), turnOf(how.most, how.newest), breaking(index)]);
            conflicts += both.filter((turn) => turn?.kind === "conflict").length;
          }
          await Promise.all([drain(() => turnOf(how.most)), drain(() => turnOf(how.most * 20))]);
          expect((await storedAnswer()).profiles).toEqual(answerOf(resolve(facts, rules)).profiles);
          await expectIdsToHold();
          raced += 1;
        },
      ),
      forSeconds(10),
    );
    console.info("Runs with two lanes", { raced, conflicts });
    expect(conflicts).toBeGreaterThan(0);
  });

  test("through two objects that settle at once", async () => {
    const people = Array.from({ length: 40 }, (_, index) => `${index}x`);
    const facts: Facts = {
      ...NOTHING,
      nodes: people.flatMap((name) => [node(`p${name}`, "phone"), node(`c${name}`, "customer:pos")]),
      evidence: people.flatMap((name) => [saw(`p${name}`, `c${name}`, 2)]),
    };
    const parts = singles(facts);
    for (let from = 0; from < parts.length; from += 20) {
      await tell(parts.slice(from, from + 20).reduce(plus, NOTHING));
      await Promise.all(["one", "two", "one"].map((name) => lane(name).settle(clock)));
    }
    expect(await waiting()).toBe(0);
    expect(await storedAnswer()).toEqual(answerOf(resolve(facts, DEFAULT_RULES)));
    await expectIdsToHold();
  });
});

const person = (name: string): Facts => ({
  ...NOTHING,
  nodes: [node(`p${name}`, "phone"), node(`c${name}`, "customer:pos")],
  evidence: [saw(`p${name}`, `c${name}`, 2)],
});
const COMMIT = 3;

describe("a decision is committed only on what it was made from", () => {
  test("a row that another lane took meanwhile is a conflict, and nothing of the decision is stored", async () => {
    await tell(person("1x"));
    const { db } = watchedDatabase(async (batch) => {
      if (batch === COMMIT) await drain(() => turnOf(10));
    });
    expect(await turnOf(10, 250, db)).toMatchObject({ kind: "conflict" });
    expect((await feed()).map(({ type }) => type)).toEqual(["created"]);
    expect(await turnOf(10)).toMatchObject({ kind: "idle" });
  });

  test("a profile that changed meanwhile is a conflict", async () => {
    await tell(person("1x"));
    await drain(() => turnOf(10));
    await tell({ ...NOTHING, nodes: [node("m1x", "email")], evidence: [saw("p1x", "m1x", 1)] });
    const { db } = watchedDatabase(async (batch) => {
      if (batch === COMMIT) await env.DB.exec("UPDATE profiles SET revision = revision + 1");
    });
    const before = await storedAnswer();
    expect(await turnOf(10, 250, db)).toMatchObject({ kind: "conflict" });
    expect(await storedAnswer()).toEqual(before);
    expect(await turnOf(10)).toMatchObject({ kind: "decided" });
    expect((await storedAnswer()).profiles).toHaveLength(1);
  });

  test("who was erased meanwhile does not come back", async () => {
    await tell(person("1x"));
    const erase = async () => {
      await env.DB.batch(
        ["DELETE FROM evidence", "DELETE FROM identifiers"].map((sql) => env.DB.prepare(sql)),
      );
    };
    const { db } = watchedDatabase(async (batch) => {
      if (batch === COMMIT) await erase();
    });
    expect(await turnOf(10, 250, db)).toMatchObject({ kind: "conflict" });
    await drain(() => turnOf(10));
    expect(await storedAnswer()).toEqual({ profiles: [], refused: [] });
    expect(await feed()).toEqual([]);
  });
});

describe("erasure", () => {
  const keys = ["p1x", "c1x"].map(keyOf);
  const eraseRows = async (): Promise<void> => {
    await env.DB.batch([
      env.DB.prepare("DELETE FROM evidence"),
      env.DB.prepare("DELETE FROM identifiers"),
      letWait(keys, 0),
    ]);
  };

  test("takes profile, assignments, refused edges and ids of the erased along, whoever removes them", async () => {
    await putInForce(DEFAULT_RULES);
    await tell(plus(person("1x"), { ...NOTHING, evidence: [saw("p1x", "p1x", 2)] }));
    await drain(() => turnOf(10));
    expect((await storedAnswer()).refused).toHaveLength(1);
    await eraseRows();
    await drain(() => turnOf(10));
    expect(await storedAnswer()).toEqual({ profiles: [], refused: [] });
    expect(await aliasesNow()).toEqual([]);
  });

  test("who comes back before the lane looked is somebody new, and no change names the old id", async () => {
    await tell(person("1x"));
    await drain(() => turnOf(10));
    const [old] = await feed();
    await eraseRows();
    await tell({ ...NOTHING, nodes: [node("p1x", "phone", { generation: 1 })] });
    await drain(() => turnOf(10));
    const told = (await feed()).slice(1);
    expect(told).toEqual([{ type: "created", profileId: expect.any(String), previousIds: [] }]);
    expect(told[0]?.profileId).not.toBe(old?.profileId);
    const ids = await aliasesNow();
    expect(ids.find(({ id }) => id === old?.profileId)?.current ?? null).toBeNull();
    expect((await storedAnswer()).profiles).toEqual([`${keyOf("p1x")} 1: ${keyOf("p1x")}`]);
  });
});

describe("what a decision costs", () => {
  const crowd = (people: number): Facts =>
    Array.from({ length: people }, (_, index) => person(`${index}y`)).reduce(plus, {
      ...NOTHING,
      nodes: [node("hub", "customer:walkin")],
      evidence: Array.from({ length: people }, (_, index) => saw(`p${index}y`, "hub", 2)),
    });
  const costOf = async (people: number) => {
    await forgetAll();
    await tell(crowd(people));
    await drain(() => turnOf(500));
    await tell({
      ...person("new"),
      evidence: [saw("pnew", "cnew", 2), saw("pnew", "hub", 2, 9)],
    });
    const { db, seen } = watchedDatabase();
    expect(await turnOf(300, 250, db)).toMatchObject({ kind: "decided" });
    return seen;
  };

  test("is the same number of statements for 10 and for 1,000 identifiers around, and rows are bounded", async () => {
    const [few, many, most] = [await costOf(5), await costOf(500), await costOf(1_500)];
    console.info("A decision costs", { few, many, most });
    expect([few.batches, few.statements]).toEqual([3, 19]);
    expect([many.batches, many.statements]).toEqual([3, 19]);
    expect(most.rowsRead).toBeLessThan(many.rowsRead * 1.5);
    expect(most.rowsWritten).toBe(many.rowsWritten);
  });

  test("is the same number of statements for a batch of 10 and of 1,000 identifiers", async () => {
    const batchOf = async (people: number) => {
      await forgetAll();
      await tell(Array.from({ length: people }, (_, index) => person(`${index}z`)).reduce(plus, NOTHING));
      const { db, seen } = watchedDatabase();
      expect(await turnOf(5_000, 250, db)).toMatchObject({ kind: "decided", decided: people * 2 });
      return [seen.batches, seen.statements];
    };
    expect(await batchOf(5)).toEqual([3, 19]);
    expect(await batchOf(500)).toEqual([3, 19]);
  });

  test("a decision that comes to the same again writes nothing but that it need not wait", async () => {
    await tell(person("1x"));
    await drain(() => turnOf(10));
    const before = (await feed()).length;
    await letWait(["p1x", "c1x"].map(keyOf), 0).run();
    const { db, seen } = watchedDatabase();
    await turnOf(10, 250, db);
    expect(seen.rowsWritten).toBe(2);
    expect(await feed()).toHaveLength(before);
  });
});

describe("the object", () => {
  const alarmOf = (name: string) => runInDurableObject(lane(name), (_, state) => state.storage.getAlarm());

  test("tries again by alarm when the database does not answer, and nothing is lost", async () => {
    await tell(person("1x"));
    await env.DB.exec("ALTER TABLE refused_edges RENAME TO refused_away");
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    await expect(runInDurableObject(lane("dead"), async (object) => object.settle(clock))).rejects.toThrow(
      /refused_edges/,
    );
    expect(await alarmOf("dead")).not.toBeNull();
    expect(await waiting()).toBeGreaterThan(0);
    await env.DB.exec("ALTER TABLE refused_away RENAME TO refused_edges");
    await runDurableObjectAlarm(lane("dead"));
    expect(await waiting()).toBe(0);
    expect((await storedAnswer()).profiles).toHaveLength(1);
  });

  test("decides all again when other rules are in force, some at a time", async () => {
    const facts = Array.from({ length: 200 }, (_, index) => person(`${index}x`)).reduce(plus, NOTHING);
    await tell(facts);
    await lane("rules").settle(clock);
    const apart: Rules = {
      ...DEFAULT_RULES,
      version: "nobody",
      componentLimit: 1,
    };
    await putInForce(apart, 5);
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    await lane("rules").settle(clock);
    expect(await lane("rules").status()).toMatchObject({ waiting: 0, rebuilding: null });
    expect(await storedAnswer()).toEqual(answerOf(resolve(facts, apart)));
    expect((await lane("rules").status()).componentLimit).toBe(200);
    await putInForce({ ...DEFAULT_RULES, version: "as-before" }, 9);
    await lane("rules").settle(clock);
    expect(await storedAnswer()).toEqual(
      answerOf(resolve(facts, { ...DEFAULT_RULES, version: "as-before" })),
    );
    await expectIdsToHold();
  });

  test("decides all again when asked to", async () => {
    await tell(person("1x"));
    await lane("again").settle(clock);
    await env.DB.exec("DELETE FROM assignments");
    await env.DB.exec("DELETE FROM profiles");
    await lane("again").rebuild();
    expect(await lane("again").status()).toMatchObject({ rebuilding: "" });
    await runDurableObjectAlarm(lane("again"));
    expect(await lane("again").status()).toMatchObject({ rebuilding: null, waiting: 0, conflicts: 0 });
    expect((await storedAnswer()).profiles).toHaveLength(1);
  });
});
