// What a commit of the identity lane is based on, what a decision costs, and what the object does by itself.

import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Facts } from "../core/identity/facts.ts";
import { resolve } from "../core/identity/resolve.ts";
import { DEFAULT_RULES, type Rules } from "../core/identity/rules.ts";
import { NEWEST } from "../store/identity/reach.ts";
import {
  aliasesNow,
  answerOf,
  feed,
  forgetAll,
  letWait,
  putInForce,
  storedAnswer,
  tell,
  waiting,
} from "./identity-facts.ts";
import { clock, drain, lane, NOTHING, person, plus, turnOf } from "./identity-turns.ts";
import { keyOf, node, saw } from "./model/identity-scenario.ts";
import { watchedDatabase } from "./watched-database.ts";

beforeEach(forgetAll);
afterEach(() => vi.restoreAllMocks());

/** The third batch of a turn. */
const COMMIT = 3;

describe("a decision is committed only on what it was made from", () => {
  test("a row that another lane took meanwhile is a conflict, and nothing of the decision is stored", async () => {
    await tell(person("1x"));
    const { db } = watchedDatabase(async (batch) => {
      if (batch === COMMIT) await drain(() => turnOf(10));
    });
    expect(await turnOf(10, NEWEST, db)).toMatchObject({ kind: "conflict" });
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
    expect(await turnOf(10, NEWEST, db)).toMatchObject({ kind: "conflict" });
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
    expect(await turnOf(10, NEWEST, db)).toMatchObject({ kind: "conflict" });
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
    expect(await turnOf(300, NEWEST, db)).toMatchObject({ kind: "decided" });
    return seen;
  };

  test("is the same number of statements for 10 and for 1,000 identifiers around, and rows are bounded", async () => {
    const [few, many, most] = [await costOf(5), await costOf(200), await costOf(600)];
    console.info("A decision costs", { few, many, most });
    expect([few.batches, few.statements]).toEqual([3, 19]);
    expect([many.batches, many.statements]).toEqual([3, 19]);
    expect(most.rowsRead).toBeLessThan(many.rowsRead * 1.2);
    expect(most.rowsWritten).toBe(many.rowsWritten);
  });

  test("is bounded beside a walk-in code that was blocked after hundreds had it, and after it was opened again", async () => {
    const keys = ["p0y", "p1y", "hub"].map(keyOf);
    const blockedOf = async (people: number) => {
      await forgetAll();
      await tell(crowd(people));
      await drain(() => turnOf(500));
      const block = async (blocked: 0 | 1) => {
        await env.DB.exec(`UPDATE identifiers SET blocked = ${blocked} WHERE key = '${keyOf("hub")}'`);
        await env.DB.batch([letWait(keys, 0)]);
        const { db, seen } = watchedDatabase();
        expect(await turnOf(300, NEWEST, db)).toMatchObject({ kind: "decided" });
        return seen;
      };
      return [await block(1), await block(0)];
    };
    const [many, most] = [await blockedOf(200), await blockedOf(600)];
    console.info("A decision beside a blocked value costs", { many, most });
    for (const [index, seen] of most.entries()) {
      expect([seen.batches, seen.statements]).toEqual([3, 19]);
      expect(seen.rowsRead).toBeLessThan((many[index]?.rowsRead ?? 0) * 1.2);
    }
  });

  test("is the same number of statements for a batch of 10 and of 1,000 identifiers", async () => {
    const batchOf = async (people: number) => {
      await forgetAll();
      await tell(Array.from({ length: people }, (_, index) => person(`${index}z`)).reduce(plus, NOTHING));
      const { db, seen } = watchedDatabase();
      expect(await turnOf(5_000, NEWEST, db)).toMatchObject({ kind: "decided", decided: people * 2 });
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
    await turnOf(10, NEWEST, db);
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
