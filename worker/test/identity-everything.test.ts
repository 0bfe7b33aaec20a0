// Everything that makes or takes back facts of identity, at random and at once: what is stored ends as the answer of the
// pure resolver about the facts that stand, nothing waits, and nothing is left over. Whoever followed the change feed all
// the time holds exactly the profiles there are.

import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { resolve } from "../core/identity/resolve.ts";
import { DEFAULT_RULES, type Rules } from "../core/identity/rules.ts";
import { database } from "../store/database.ts";
import { PURCHASES_MS } from "../store/forget-dormant.ts";
import { commitDecision } from "../store/identity/commit.ts";
import { rows } from "./erasing.ts";
import { aliasesNow, answerOf, storedAnswer, storedFacts, waiting } from "./identity-facts.ts";
import { stepsArb } from "./identity-steps.ts";
import { NOW } from "./identity-turns.ts";
import { keyOf } from "./model/identity-scenario.ts";
import { ALL, at, clear, codes, phones, world } from "./identity-world.ts";

const DAY = 86_400_000;

beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => undefined));
afterEach(() => vi.restoreAllMocks());

const ORPHANS = [
  "SELECT key FROM assignments WHERE key NOT IN (SELECT key FROM identifiers)",
  "SELECT key FROM assignments WHERE anchor NOT IN (SELECT anchor FROM profiles)",
  "SELECT anchor FROM profiles p WHERE NOT EXISTS (SELECT 1 FROM assignments WHERE key = p.anchor AND anchor = p.anchor)",
  "SELECT id FROM profiles WHERE id NOT IN (SELECT id FROM aliases)",
  "SELECT key FROM aliases WHERE key NOT IN (SELECT key FROM identifiers)",
];

const isAnswer = async (): Promise<void> => {
  const [inForce] = await rows<{ rules: string }>(
    "SELECT rules FROM identity_rules WHERE activated_at IS NOT NULL ORDER BY activated_at DESC, version DESC LIMIT 1",
  );
  const rules = inForce === undefined ? DEFAULT_RULES : (JSON.parse(inForce.rules) as Rules);
  expect(await storedAnswer()).toEqual(answerOf(resolve(await storedFacts(), rules)));
};

test("an identifier that is forgotten, and told again, is a neighbour less and more to whoever an operator named with it", async () => {
  await clear();
  const { act, end } = world();
  const [phone, old, young] = [ALL.indexOf(at(phones, 0)), ALL.indexOf(at(codes, 0)[0] ?? ""), 1];
  const order = { kind: "order", till: 0, phone: null, mail: null } as const;
  const ago = NOW - PURCHASES_MS - DAY;
  await act({ ...order, code: 0, time: ago });
  await act({ ...order, code: young, phone: 0, time: NOW });
  for (const _ of [1, 2]) await act({ kind: "deliver", which: 4 });
  await act({ kind: "state", a: phone, b: old, same: true });
  await act({ kind: "drain", which: 0 });
  expect((await storedAnswer()).profiles).toHaveLength(3);
  await act({ kind: "dormant", which: 0 });
  await act({ kind: "drain", which: 0 });
  expect((await storedAnswer()).profiles).toHaveLength(1);
  await isAnswer();
  await act({ ...order, code: 0, time: NOW });
  await end();
  expect((await storedAnswer()).profiles).toHaveLength(3);
  await isAnswer();
});

test("a decision fits the parameters of the database however much was told at once", async () => {
  await clear();
  const names = Array.from({ length: 20_000 }, (_, index) => keyOf(`n${index}x`));
  const refused = names.map((a, index) => ({
    a,
    b: keyOf(`o${index}x`),
    rule: "shared" as const,
    because: [a, keyOf(`o${index}x`)],
    rulesVersion: "test",
  }));
  const nothing = { waited: [], revisions: [], generations: [], gone: [], endedProfiles: [], profiles: [] };
  const sizes: number[] = [];
  const binding = {
    prepare: (query: string) => {
      const statement = env.DB.prepare(query);
      const bind = (...values: unknown[]) => {
        for (const value of values) sizes.push(String(value).length);
        return statement.bind(...values);
      };
      return { bind };
    },
    batch: (statements: D1PreparedStatement[]) => env.DB.batch(statements),
  };
  const decided = { ...nothing, assigned: names.map((key) => [key, key] as const), refused };
  await commitDecision(database(binding as unknown as D1Database), {
    ...decided,
    noLongerRefused: [],
    changes: [],
    at: 0,
  });
  expect(Math.max(...sizes)).toBeLessThan(2_000_000);
  expect((await storedAnswer()).refused).toHaveLength(names.length);
});

let runs = 0;
test("however facts come and go, what is stored is the answer about those that stand", async () => {
  await fc.assert(
    fc.asyncProperty(stepsArb, async (steps) => {
      await clear();
      const { act, end, copy } = world();
      for (const step of steps) await act(step);
      await end();
      expect(await waiting()).toBe(0);
      await isAnswer();
      for (const query of ORPHANS) expect([query, await rows(query)]).toEqual([query, []]);
      const ids = await aliasesNow();
      expect(ids.filter(({ current }) => current === null)).toEqual([]);
      const profiles = (await rows<{ id: string }>("SELECT id FROM profiles ORDER BY id")).map(
        ({ id }) => id,
      );
      expect([...copy].toSorted()).toEqual(profiles);
      runs += 1;
    }),
    {
      numRuns: 2_000,
      interruptAfterTimeLimit: 6_000,
      markInterruptAsFailure: false,
    },
  );
  console.info("Runs of everything", { runs });
}, 600_000);
