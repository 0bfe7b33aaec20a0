// The identity lane on a real database: whatever order, repetition, batches, crashes and races, what is stored ends as the
// answer of the pure resolver about all facts (invariants 3 and 6).

import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import type { ToldMessage } from "../../schema/messages-channels.ts";
import { erasedGate } from "../compose.ts";
import type { Facts } from "../core/identity/facts.ts";
import { resolve } from "../core/identity/resolve.ts";
import { DEFAULT_RULES } from "../core/identity/rules.ts";
import type { Env } from "../env.ts";
import type { Turn } from "../identity/settle.ts";
import { consumeFacts } from "../queues.ts";
import { database } from "../store/database.ts";
import { eventually } from "./eventually.ts";
import {
  aliasesNow,
  type Answer,
  answerOf,
  feed,
  forgetAll,
  putInForce,
  storedAnswer,
  storedFacts,
  tell,
  waiting,
} from "./identity-facts.ts";
import { clock, drain, lane, NOTHING, NOW, person, plus, turnOf } from "./identity-turns.ts";
import { factsArb, rulesArb, tellingArb, toldOtherwise } from "./model/identity-scenario.ts";
import { recordedBatch } from "./recorded-batch.ts";
import { watchedDatabase } from "./watched-database.ts";

beforeEach(forgetAll);

const singles = (facts: Facts): Facts[] => [
  ...facts.nodes.map((one) => ({ ...NOTHING, nodes: [one] })),
  ...facts.evidence.map((one) => ({ ...NOTHING, evidence: [{ ...one, active: true }] })),
  ...facts.evidence.filter((one) => !one.active).map((one) => ({ ...NOTHING, evidence: [one] })),
  ...facts.statements.map((one) => ({ ...NOTHING, statements: [{ ...one, active: true }] })),
  ...facts.statements.filter((one) => !one.active).map((one) => ({ ...NOTHING, statements: [one] })),
];

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
  /** After each batch of facts; all: until nothing waits. */
  turns: fc.array(fc.constantFrom(0, 1, 2, "all" as const), { minLength: 5, maxLength: 5 }),
  most: fc.integer({ min: 1, max: 20 }),
  newest: fc.constantFrom(2, 5, 250),
});
type Batches = typeof batchesArb extends fc.Arbitrary<infer T> ? T : never;

/** As many runs as the time allows: pure, it is a thousand (core/identity/decide.test.ts). */
const forSeconds = (seconds: number) => ({
  numRuns: 1_000,
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
          if (turns === "all") await drain(() => turnOf(how.most * 5, how.newest));
          else for (let turn = 0; turn < turns; turn += 1) await turnOf(how.most, how.newest);
        }
        await drain(() => turnOf(how.most * 20, how.newest));
        // What two hubs, both cut off, have with each other may be told late.
        const seen = (answer: Answer): Answer => (how.newest < 100 ? { ...answer, refused: [] } : answer);
        expect(seen(await storedAnswer())).toEqual(seen(answerOf(resolve(facts, rules))));
        await expectIdsToHold();
        runs += 1;
      }),
      forSeconds(6),
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
      forSeconds(6),
    );
    console.info("Runs with two lanes", { raced, conflicts });
    expect(conflicts).toBeGreaterThan(0);
  });

  test("through two objects that settle at once", async () => {
    const facts = Array.from({ length: 40 }, (_, index) => person(`${index}x`)).reduce(plus, NOTHING);
    const parts = singles(facts);
    for (let from = 0; from < parts.length; from += 20) {
      await tell(parts.slice(from, from + 20).reduce(plus, NOTHING));
      await Promise.all(["one", "two", "one"].map((name) => lane(name).settle(clock)));
    }
    expect(await waiting()).toBe(0);
    expect(await storedAnswer()).toEqual(answerOf(resolve(facts, DEFAULT_RULES)));
    await expectIdsToHold();
  });

  test("through the real queue and its consumers, two of them at once, with shuffled and duplicated messages", async () => {
    const gate = erasedGate(env as unknown as Env);
    if (gate === null) throw new Error("The test Worker is not configured");
    const consume = async (messages: readonly ToldMessage[]): Promise<void> => {
      const { batch, fates } = recordedBatch("quen-facts", messages, 1, NOW);
      await consumeFacts(batch, database(env.DB), gate, NOW);
      expect(fates().every((fate) => fate === "acked")).toBe(true);
    };
    const told = async (): Promise<{ answer: Answer; evidence: number }> => {
      const facts = await storedFacts();
      const answer = await storedAnswer();
      expect(await waiting()).toBe(0);
      expect(answer).toEqual(answerOf(resolve(facts, DEFAULT_RULES)));
      return { answer, evidence: facts.evidence.length };
    };
    await fc.assert(
      fc.asyncProperty(factsArb, tellingArb, tellingArb, async (facts, first, second) => {
        const messages = messagesOf(facts);
        await forgetAll();
        const once = toldOtherwise(messages, first);
        const half = Math.ceil(once.length / 2);
        await Promise.all([consume(once.slice(0, half)), consume(once.slice(half))]);
        await eventually(told);
        const before = await told();
        await expectIdsToHold();

        await forgetAll();
        const again = toldOtherwise(messages, second).map((body) => ({ body, contentType: "json" as const }));
        for (let from = 0; from < again.length; from += 20)
          await env.FACTS.sendBatch(again.slice(from, from + 20));
        await eventually(async () => expect(await told()).toEqual(before));
        await expectIdsToHold();
      }),
      { numRuns: 4 },
    );
  });
});

/** One message a piece of evidence, as an order with two identifiers would be. */
const messagesOf = ({ nodes, evidence }: Facts): ToldMessage[] =>
  evidence.map(({ id, a, b, trust, source, observedAt }) => ({
    kind: "told",
    source,
    messageId: id,
    at: NOW + observedAt * 86_400_000,
    identifiers: nodes
      .filter(({ key }) => key === a || key === b)
      .map(({ key, realm, kind }) => ({ key, realm, kind, sealed: "sealed", proven: false })),
    evidence: [{ a, b, trust }],
    traits: [],
    order: null,
  }));
