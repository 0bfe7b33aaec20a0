// Resolving only what a change can reach equals resolving everything, however facts are cut into batches.

import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { SubjectKey } from "../../../schema/ids.ts";
import {
  factsArb,
  keyOf,
  node,
  NODES,
  rulesArb,
  saw,
  tellingArb,
  toldOtherwise,
} from "../../test/model/identity-scenario.ts";
import { affected } from "./affected.ts";
import type { Facts, KnownFacts } from "./facts.ts";
import { graphOf } from "./graph.ts";
import { knownFacts, withFacts } from "./known-facts.ts";
import { resolve } from "./resolve.ts";
import { resolveKeys } from "./resolve-keys.ts";
import type { Resolution } from "./resolution.ts";
import { DEFAULT_RULES, type Rules } from "./rules.ts";

const numRuns = 1_000;

const NOTHING: Facts = { nodes: [], evidence: [], statements: [] };
const plus = (one: Facts, other: Facts): Facts => ({
  nodes: [...one.nodes, ...other.nodes],
  evidence: [...one.evidence, ...other.evidence],
  statements: [...one.statements, ...other.statements],
});
const keysOf = (facts: Facts): SubjectKey[] => [
  ...facts.nodes.map((one) => one.key),
  ...[...facts.evidence, ...facts.statements].flatMap(({ a, b }) => [a, b]),
];

/** The kept answer with the part about `keys` replaced. */
const patched = (kept: Resolution, keys: ReadonlySet<SubjectKey>, part: Resolution): Resolution => {
  const refused = kept.refused.filter(({ edge }) => !keys.has(edge.a) && !keys.has(edge.b));
  const components = kept.components.filter(({ members }) => !members.some((key) => keys.has(key)));
  const shared = kept.shared.filter(({ key }) => !keys.has(key));
  return {
    rulesVersion: part.rulesVersion,
    components: [...components, ...part.components].toSorted((x, y) => (x.anchor < y.anchor ? -1 : 1)),
    refused: [...refused, ...part.refused].toSorted((x, y) =>
      `${x.edge.a} ${x.edge.b}` < `${y.edge.a} ${y.edge.b}` ? -1 : 1,
    ),
    shared: [...shared, ...part.shared].toSorted((x, y) => (x.key < y.key ? -1 : 1)),
  };
};

const step = (kept: Resolution, known: Facts, change: Facts, rules: Rules): Resolution => {
  const before = knownFacts(known);
  const after = graphOf(withFacts(before, change), rules);
  const keys = affected(keysOf(change), graphOf(before, rules), after);
  return patched(kept, keys, resolveKeys(after, keys));
};

test("told in any batches and any order, nodes and retractions among them, the kept answer equals resolving everything", () => {
  fc.assert(
    fc.property(
      factsArb,
      rulesArb,
      tellingArb,
      fc.integer({ min: 2, max: 16 }),
      (facts, rules, telling, size) => {
        const single: Facts[] = [
          ...facts.nodes.map((one) => ({ ...NOTHING, nodes: [one] })),
          ...facts.evidence.map((one) => ({ ...NOTHING, evidence: [{ ...one, active: true }] })),
          ...facts.evidence.filter((one) => !one.active).map((one) => ({ ...NOTHING, evidence: [one] })),
          ...facts.statements.map((one) => ({ ...NOTHING, statements: [{ ...one, active: true }] })),
          ...facts.statements.filter((one) => !one.active).map((one) => ({ ...NOTHING, statements: [one] })),
        ];
        const told = toldOtherwise(single, telling);
        let known = NOTHING;
        let kept = resolve(NOTHING, rules);
        for (let from = 0; from < told.length; from += size) {
          const batch = told.slice(from, from + size).reduce(plus, NOTHING);
          kept = step(kept, known, batch, rules);
          known = plus(known, batch);
          expect(kept).toEqual(resolve(known, rules));
        }
      },
    ),
    { numRuns },
  );
});

test("facts removed altogether, as by an erasure, leave the answer of those that remain", () => {
  fc.assert(
    fc.property(
      factsArb,
      rulesArb,
      fc.constantFrom(...NODES.map((one) => one.key)),
      (facts, rules, erased) => {
        const touches = (one: { a: SubjectKey; b: SubjectKey }): boolean =>
          one.a === erased || one.b === erased;
        const rest: Facts = {
          nodes: facts.nodes.filter((one) => one.key !== erased),
          evidence: facts.evidence.filter((one) => !touches(one)),
          statements: facts.statements.filter((one) => !touches(one)),
        };
        const gone = [...facts.evidence, ...facts.statements].filter(touches).flatMap(({ a, b }) => [a, b]);
        const [before, after] = [facts, rest].map((all) => graphOf(knownFacts(all), rules));
        if (before === undefined || after === undefined) return;
        const keys = affected([erased, ...gone], before, after);
        const answer = patched(resolve(facts, rules), keys, resolveKeys(after, keys));
        expect(answer).toEqual(resolve(rest, rules));
      },
    ),
    { numRuns },
  );
});

describe("affected", () => {
  /** Says which identifiers were looked up. */
  const watched = (facts: Facts): { known: KnownFacts; seen: Set<SubjectKey> } => {
    const known = knownFacts(facts);
    const seen = new Set<SubjectKey>();
    const watch = (key: SubjectKey) => {
      seen.add(key);
      return known.evidence(key);
    };
    return { known: { ...known, evidence: watch }, seen };
  };

  it("looks at a bounded part of a graph that is one long chain", () => {
    const names = Array.from({ length: 5_000 }, (_, index) => `e${index}x`);
    const nodes = names.map((name, index) => node(name, `${index % 2 === 0 ? "email" : "phone"}:${index}`));
    const evidence = names.slice(1).map((name, index) => saw(names[index] ?? "", name, 1));
    const change: Facts = { ...NOTHING, evidence: [saw("e2000x", "e2500x", 1, 9)] };
    const { known, seen } = watched({ ...NOTHING, nodes, evidence });
    const after = graphOf(withFacts(known, change), DEFAULT_RULES);
    const keys = affected(keysOf(change), graphOf(known, DEFAULT_RULES), after);
    expect(resolveKeys(after, keys).components.every((one) => one.members.length === 1)).toBe(true);
    expect(keys.size).toBeLessThan(10);
    expect(seen.size).toBeLessThan(3_000);
  });

  it("does not look beyond a shared identifier", () => {
    const codes = Array.from({ length: 3_000 }, (_, index) => `c${index}x`);
    const nodes = [node("p1", "phone"), ...codes.map((name) => node(name, "customer:pos"))];
    const evidence = codes.map((name) => saw("p1", name, 2));
    const change: Facts = {
      ...NOTHING,
      nodes: [node("c9999x", "customer:pos")],
      evidence: [saw("p1", "c9999x", 2)],
    };
    const { known, seen } = watched({ ...NOTHING, nodes, evidence });
    const after = graphOf(withFacts(known, change), DEFAULT_RULES);
    expect([...affected(keysOf(change), graphOf(known, DEFAULT_RULES), after)].toSorted()).toEqual(
      [keyOf("c9999x"), keyOf("p1")].toSorted(),
    );
    expect(seen.size).toBeLessThan(10);
  });

  it("names what was not loaded, and needs no more once that was", () => {
    const facts: Facts = {
      ...NOTHING,
      nodes: [node("p1", "phone"), node("m1", "email"), node("c1", "customer:pos")],
      evidence: [saw("p1", "m1", 1), saw("m1", "c1", 1)],
    };
    const all = knownFacts(facts);
    const loaded = new Set<SubjectKey>([keyOf("p1")]);
    const some: KnownFacts = {
      node: (key) => (loaded.has(key) ? all.node(key) : null),
      evidence: (key) => (loaded.has(key) ? all.evidence(key) : null),
      statements: (key) => (loaded.has(key) ? all.statements(key) : null),
    };
    const ask = () => {
      const graph = graphOf(some, DEFAULT_RULES);
      return { part: resolveKeys(graph, affected([keyOf("p1")], graph, graph)), missing: [...graph.missing] };
    };
    let { part, missing } = ask();
    const rounds: string[][] = [];
    while (missing.length > 0 && rounds.length < 9) {
      rounds.push(missing);
      for (const key of missing) loaded.add(key);
      ({ part, missing } = ask());
    }
    expect(rounds).toEqual([[keyOf("m1")], [keyOf("c1")]]);
    expect(part).toEqual(resolve(facts, DEFAULT_RULES));
  });
});
