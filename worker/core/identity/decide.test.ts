// Deciding from what is stored ends as resolving everything, however facts and turns are cut, also when hubs are cut off.

import fc from "fast-check";
import { expect, test } from "vitest";
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
import { type Decided, decide, type Decision, type StoredRefusal } from "./decide.ts";
import { otherEnd } from "./edge.ts";
import type { Evidence, Facts, KnownFacts } from "./facts.ts";
import { type Graph, graphOf } from "./graph.ts";
import { knownFacts, withFacts } from "./known-facts.ts";
import { once } from "./once.ts";
import { resolve } from "./resolve.ts";
import type { Resolution } from "./resolution.ts";
import { DEFAULT_RULES, type Rules } from "./rules.ts";

const numRuns = 1_000;
const NOTHING: Facts = { nodes: [], evidence: [], statements: [] };

interface Stored {
  readonly anchors: Map<SubjectKey, SubjectKey>;
  readonly refused: Map<string, StoredRefusal>;
}

const decidedOf = (stored: Stored, cutOff: Decided["cutOff"]): Decided => ({
  members: (key) => {
    const anchor = stored.anchors.get(key);
    return anchor === undefined
      ? []
      : [...stored.anchors].filter(([, one]) => one === anchor).map(([one]) => one);
  },
  refused: (key) => [...stored.refused.values()].filter((one) => one.a === key || one.b === key),
  cutOff,
});

const keep = (stored: Stored, { keys, hubs, components, refused }: Decision, rulesVersion: string): void => {
  for (const key of keys) stored.anchors.delete(key);
  for (const { anchor, members } of components) for (const key of members) stored.anchors.set(key, anchor);
  const isWhole = (key: SubjectKey): boolean => keys.has(key) && !hubs.has(key);
  for (const [pair, { a, b }] of stored.refused) if (isWhole(a) || isWhole(b)) stored.refused.delete(pair);
  for (const { edge, rule, because } of refused)
    stored.refused.set(`${edge.a} ${edge.b}`, { a: edge.a, b: edge.b, rule, because, rulesVersion });
};

const partsOf = ({ components }: Resolution): string[] =>
  components.map(({ anchor, members }) => `${anchor}: ${members.join(" ")}`).toSorted();
const keptParts = ({ anchors }: Stored): string[] => {
  const parts = new Map<SubjectKey, SubjectKey[]>();
  for (const [key, anchor] of anchors) parts.set(anchor, [...(parts.get(anchor) ?? []), key]);
  return [...parts].map(([anchor, members]) => `${anchor}: ${members.toSorted().join(" ")}`).toSorted();
};
const rowsOf = ({ refused }: Resolution): string[] =>
  refused.map(({ edge, rule, because }) => `${edge.a} ${edge.b} ${rule} ${because.join(" ")}`).toSorted();
const keptRows = ({ refused }: Stored): string[] =>
  [...refused.values()].map(({ a, b, rule, because }) => `${a} ${b} ${rule} ${because.join(" ")}`).toSorted();

/** Whose facts change with it: as whoever commits a fact writes them down. */
const changedBy = (known: Facts, told: Facts): SubjectKey[] => [
  ...[...told.evidence, ...told.statements].flatMap(({ a, b }) => [a, b]),
  ...told.nodes.flatMap(({ key }) => [
    key,
    ...[...known.evidence, ...known.statements]
      .filter(({ a, b }) => a === key || b === key)
      .map((one) => otherEnd(one, key)),
  ]),
];

const singles = (facts: Facts): Facts[] => [
  ...facts.nodes.map((one) => ({ ...NOTHING, nodes: [one] })),
  ...facts.evidence.map((one) => ({ ...NOTHING, evidence: [{ ...one, active: true }] })),
  ...facts.evidence.filter((one) => !one.active).map((one) => ({ ...NOTHING, evidence: [one] })),
  ...facts.statements.map((one) => ({ ...NOTHING, statements: [{ ...one, active: true }] })),
  ...facts.statements.filter((one) => !one.active).map((one) => ({ ...NOTHING, statements: [one] })),
];

/** As a database keeps it: one row an id, which a retraction changes. */
const oneRowAnId = (told: readonly Evidence[]): Evidence[] => {
  const rows = new Map<string, Evidence>();
  for (const one of told)
    rows.set(one.id, { ...one, active: one.active && rows.get(one.id)?.active !== false });
  return [...rows.values()];
};

/** Facts of which only some keys were loaded, and of those the newest evidence; whole where that is not enough. */
const loading = (all: KnownFacts, newest: number) => {
  const [loaded, whole, asked] = [new Set<SubjectKey>(), new Set<SubjectKey>(), new Set<SubjectKey>()];
  const rowsOfKey = once((key: SubjectKey) => oneRowAnId(all.evidence(key) ?? []));
  const isCutOff = (key: SubjectKey): boolean => !whole.has(key) && rowsOfKey(key).length > newest;
  const newestOf = once(
    (key: SubjectKey) =>
      new Set(
        rowsOfKey(key)
          .toSorted((x, y) => y.observedAt - x.observedAt)
          .slice(0, newest)
          .map(({ id }) => id),
      ),
  );
  const inReach = (key: SubjectKey, { id }: Evidence): boolean => !isCutOff(key) || newestOf(key).has(id);
  const some: KnownFacts = {
    node: (key) => all.node(key),
    evidence: (key) => {
      asked.add(key);
      if (!loaded.has(key)) return null;
      return rowsOfKey(key).filter(
        (one) => inReach(key, one) || (loaded.has(otherEnd(one, key)) && inReach(otherEnd(one, key), one)),
      );
    },
    statements: (key) => (loaded.has(key) ? all.statements(key) : null),
  };
  const tooLittle = (graph: Graph): SubjectKey[] =>
    [...asked].filter((key) => loaded.has(key) && isCutOff(key) && graph.standing(key)?.shared !== true);
  return { some, loaded, whole, isCutOff, tooLittle };
};

const decideLoading = (
  all: KnownFacts,
  stored: Stored,
  rules: Rules,
  changed: SubjectKey[],
  newest: number,
  first: Iterable<SubjectKey> = [],
) => {
  const { some, loaded, whole, isCutOff, tooLittle } = loading(all, newest);
  for (const key of first) loaded.add(key);
  const cutOff = (key: SubjectKey) => ({ evidence: isCutOff(key), refused: false });
  for (let rounds = 1; rounds < 99; rounds += 1) {
    const graph = graphOf(some, rules);
    const before = decidedOf(stored, cutOff);
    const members = (key: SubjectKey) => (loaded.has(key) ? before.members(key) : null);
    const decision = decide(changed, graph, { ...before, members });
    const more = [...tooLittle(graph), ...decision.missing.rest];
    if (decision.missing.facts.size + more.length === 0) return { decision, rounds, loaded };
    for (const key of decision.missing.facts) loaded.add(key);
    for (const key of more) whole.add(key);
  }
  throw new Error("It never had enough");
};

const turnsArb = fc.record({
  telling: tellingArb,
  /** After each fact, how many turns there are, and how much one takes of what waits. */
  turns: fc.array(fc.constantFrom(0, 0, 0, 1, 1, 2), { minLength: 100, maxLength: 100 }),
  most: fc.integer({ min: 1, max: 8 }),
});

interface Played {
  readonly stored: Stored;
  readonly known: Facts;
}
const play = (
  told: readonly Facts[],
  turns: readonly number[],
  most: number,
  turn: (known: KnownFacts, stored: Stored, changed: SubjectKey[]) => void,
): Played => {
  const stored: Stored = { anchors: new Map(), refused: new Map() };
  let known: Facts = NOTHING;
  let waiting: SubjectKey[] = [];
  for (const [index, fact] of told.entries()) {
    waiting.push(...changedBy(known, fact));
    known = {
      nodes: [...known.nodes, ...fact.nodes],
      evidence: [...known.evidence, ...fact.evidence],
      statements: [...known.statements, ...fact.statements],
    };
    const last = index === told.length - 1;
    let left = last ? Infinity : (turns[index % turns.length] ?? 0);
    if (left === 0) continue;
    const all = knownFacts(known);
    const size = last ? most * 5 : most;
    for (; left > 0 && waiting.length > 0; left -= 1) {
      turn(all, stored, waiting.slice(0, size));
      waiting = waiting.slice(size);
    }
  }
  return { stored, known };
};

test("whatever waits while other facts come, the stored answer ends as that of resolving everything", () => {
  fc.assert(
    fc.property(factsArb, rulesArb, turnsArb, (facts, rules, { telling, turns, most }) => {
      const told = toldOtherwise(singles(facts), telling);
      const { stored, known } = play(told, turns, most, (all, before, changed) => {
        const whole = () => ({ evidence: false, refused: false });
        keep(before, decide(changed, graphOf(all, rules), decidedOf(before, whole)), rules.version);
      });
      const answer = resolve(known, rules);
      expect(keptParts(stored)).toEqual(partsOf(answer));
      expect(keptRows(stored)).toEqual(rowsOf(answer));
    }),
    { numRuns },
  );
});

test("hubs of which only the newest evidence is loaded part and join nobody otherwise", () => {
  let hubs = 0;
  fc.assert(
    fc.property(factsArb, rulesArb, turnsArb, fc.integer({ min: 2, max: 6 }), (facts, rules, how, newest) => {
      const told = toldOtherwise(singles(facts), how.telling);
      const { stored, known } = play(told, how.turns, how.most, (all, before, changed) => {
        // A lucky guess of what will be asked for, or none.
        const first = newest % 2 === 0 ? NODES.map(({ key }) => key) : [];
        const { decision } = decideLoading(all, before, rules, changed, newest, first);
        hubs += decision.hubs.size;
        keep(before, decision, rules.version);
      });
      expect(keptParts(stored)).toEqual(partsOf(resolve(known, rules)));
    }),
    { numRuns },
  );
  expect(hubs).toBeGreaterThan(numRuns);
});

test("other rules decide all again, a few at a time", () => {
  fc.assert(
    fc.property(
      factsArb,
      rulesArb,
      rulesArb,
      fc.integer({ min: 1, max: 6 }),
      (facts, rules, others, most) => {
        const all = knownFacts(facts);
        const stored: Stored = { anchors: new Map(), refused: new Map() };
        const told = [...facts.evidence, ...facts.statements].flatMap(({ a, b }) => [a, b]);
        const keys = [...new Set([...facts.nodes.map(({ key }) => key), ...told])].toSorted();
        for (const now of [rules, others]) {
          for (let from = 0; from < keys.length; from += most) {
            const whole = () => ({ evidence: false, refused: false });
            const decision = decide(
              keys.slice(from, from + most),
              graphOf(all, now),
              decidedOf(stored, whole),
            );
            keep(stored, decision, now.version);
          }
          expect(keptParts(stored)).toEqual(partsOf(resolve(facts, now)));
          expect(keptRows(stored)).toEqual(rowsOf(resolve(facts, now)));
        }
      },
    ),
    { numRuns },
  );
});

test("a new fact of one person among many looks at that person and loads nobody else", () => {
  const people = Array.from({ length: 2_000 }, (_, index) => `${index}x`);
  const nodes = people.flatMap((name) => [node(`p${name}`, "phone"), node(`c${name}`, "customer:pos")]);
  const shop = node("s1", "customer:walkin");
  const evidence = people.flatMap((name) => [saw(`p${name}`, `c${name}`, 2), saw(`p${name}`, "s1", 2)]);
  const all = knownFacts({ ...NOTHING, nodes: [...nodes, shop], evidence });
  const stored: Stored = { anchors: new Map(), refused: new Map() };
  const first = resolve({ ...NOTHING, nodes: [...nodes, shop], evidence }, DEFAULT_RULES);
  for (const { anchor, members } of first.components)
    for (const key of members) stored.anchors.set(key, anchor);
  for (const { edge, rule, because } of first.refused)
    stored.refused.set(`${edge.a} ${edge.b}`, { a: edge.a, b: edge.b, rule, because, rulesVersion: "" });
  const told = { ...NOTHING, nodes: [node("p2000x", "phone")], evidence: [saw("p2000x", "s1", 2, 9)] };
  const changed = ["p2000x", "s1"].map(keyOf);
  const { decision, rounds, loaded } = decideLoading(
    withFacts(all, told),
    stored,
    DEFAULT_RULES,
    changed,
    50,
  );
  expect([...decision.keys].toSorted()).toEqual(changed.toSorted());
  expect([...decision.hubs]).toEqual([keyOf("s1")]);
  expect(decision.refused.map(({ edge }) => [edge.a, edge.b])).toEqual([changed]);
  expect({ rounds, loaded: loaded.size }).toEqual({ rounds: 2, loaded: 2 });
});
