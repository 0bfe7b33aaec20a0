// Deciding from what is stored ends as resolving everything, however facts and turns are cut, also when hubs are cut off.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
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
/** Each loads by steps, which takes its time. */
const hubRuns = 400;
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

const storedAs = ({ components, refused, rulesVersion }: Resolution): Stored => ({
  anchors: new Map(components.flatMap(({ anchor, members }) => members.map((key) => [key, anchor] as const))),
  refused: new Map(
    refused.map(({ edge: { a, b }, rule, because }) => [`${a} ${b}`, { a, b, rule, because, rulesVersion }]),
  ),
});

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
  nodesFirst: fc.boolean(),
  /** After each fact, how many turns there are; then how much one takes of what waits. */
  turns: fc.array(fc.constantFrom(0, 0, 0, 0, 1, 2, Infinity, Infinity), { minLength: 100, maxLength: 100 }),
  most: fc.integer({ min: 1, max: 8 }),
});
type Turns = typeof turnsArb extends fc.Arbitrary<infer T> ? T : never;

interface Play {
  readonly facts: Facts;
  readonly how: Turns;
  readonly turn: (known: KnownFacts, stored: Stored, changed: SubjectKey[]) => void;
  /** Whenever nothing waits. */
  readonly atRest: (known: Facts, stored: Stored) => void;
}

const play = ({ facts, how, turn, atRest }: Play): void => {
  const stored: Stored = { anchors: new Map(), refused: new Map() };
  let known: Facts = NOTHING;
  let waiting: SubjectKey[] = [];
  const told = how.nodesFirst
    ? [{ ...NOTHING, nodes: facts.nodes }, ...toldOtherwise(singles({ ...facts, nodes: [] }), how.telling)]
    : toldOtherwise(singles(facts), how.telling);
  for (const [index, fact] of told.entries()) {
    waiting.push(...changedBy(known, fact));
    known = {
      nodes: [...known.nodes, ...fact.nodes],
      evidence: [...known.evidence, ...fact.evidence],
      statements: [...known.statements, ...fact.statements],
    };
    let left = index === told.length - 1 ? Infinity : (how.turns[index % how.turns.length] ?? 0);
    if (left === 0) continue;
    const all = knownFacts(known);
    for (; left > 0 && waiting.length > 0; left -= 1) {
      turn(all, stored, waiting.slice(0, how.most));
      waiting = waiting.slice(how.most);
    }
    if (waiting.length === 0) atRest(known, stored);
  }
};

test("whatever waits while other facts come, the stored answer ends as that of resolving everything", () => {
  fc.assert(
    fc.property(factsArb, rulesArb, turnsArb, (facts, rules, how) => {
      play({
        facts,
        how,
        turn: (all, stored, changed) => {
          const whole = () => ({ evidence: false, refused: false });
          keep(stored, decide(changed, graphOf(all, rules), decidedOf(stored, whole)), rules.version);
        },
        atRest: (known, stored) => {
          const answer = resolve(known, rules);
          expect(keptParts(stored)).toEqual(partsOf(answer));
          expect(keptRows(stored)).toEqual(rowsOf(answer));
        },
      });
    }),
    { numRuns },
  );
});

test("hubs of which only the newest evidence is loaded part and join nobody otherwise", () => {
  let [hubs, runs] = [0, 0];
  fc.assert(
    fc.property(factsArb, rulesArb, turnsArb, fc.integer({ min: 2, max: 6 }), (facts, rules, how, newest) => {
      runs += 1;
      // A lucky guess of what will be asked for, or none.
      const first = newest % 2 === 0 ? NODES.map(({ key }) => key) : [];
      play({
        facts,
        how,
        turn: (all, stored, changed) => {
          const { decision } = decideLoading(all, stored, rules, changed, newest, first);
          hubs += decision.hubs.size;
          keep(stored, decision, rules.version);
        },
        atRest: (known, stored) => expect(keptParts(stored)).toEqual(partsOf(resolve(known, rules))),
      });
    }),
    { numRuns: hubRuns },
  );
  expect(hubs).toBeGreaterThan(runs);
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

describe("what is taken back is followed to", () => {
  const one = { ...DEFAULT_RULES.otherKind, sharedAbove: { strong: 9, ofOneKind: 9, weak: 9 } };
  const rules: Rules = { version: "one-of-each", componentLimit: 4, kinds: [], otherKind: one };
  const nodes = [node("p1", "phone"), node("p2", "phone"), node("e1", "email"), node("e2", "email")];
  const more = [node("t1", "tiktok_shop:1"), node("x1", "loyalty:old")];

  const cases: [what: string, evidence: Evidence[], takenBack: Evidence, persons: string[]][] = [
    [
      "a person elsewhere in a candidate that is small again",
      [saw("e1", "p1", 1, 0), saw("e1", "p2", 2, 1), saw("p2", "x1", 1, 2)],
      saw("p1", "t1", 1, 3),
      ["e1 p1", "p2 x1"],
    ],
    [
      "one who must leave a person, because another takes the place",
      [saw("e1", "p2", 1, 1), saw("p2", "e2", 1, 2)],
      saw("e1", "p1", 1, 0),
      ["e1 p2"],
    ],
  ];
  test.each(cases)("%s", (_what, evidence, takenBack, persons) => {
    const all = { ...NOTHING, nodes: [...nodes, ...more], evidence: [...evidence, takenBack] };
    const stored = storedAs(resolve(all, rules));
    const known = knownFacts({ ...all, evidence });
    const whole = () => ({ evidence: false, refused: false });
    const decision = decide([takenBack.a, takenBack.b], graphOf(known, rules), decidedOf(stored, whole));
    keep(stored, decision, rules.version);
    const answer = resolve({ ...all, evidence }, rules);
    expect(keptParts(stored)).toEqual(partsOf(answer));
    expect(keptRows(stored)).toEqual(rowsOf(answer));
    const together = answer.components.filter(({ members }) => members.length > 1);
    expect(together.map(({ members }) => members.map((key) => key.replace(/A+$/, "")).join(" "))).toEqual(
      persons,
    );
  });
});

test("a new fact of one person among many looks at that person and loads nobody else", () => {
  const people = Array.from({ length: 2_000 }, (_, index) => `${index}x`);
  const nodes = people.flatMap((name) => [node(`p${name}`, "phone"), node(`c${name}`, "customer:pos")]);
  const shop = node("s1", "customer:walkin");
  const evidence = people.flatMap((name) => [saw(`p${name}`, `c${name}`, 2), saw(`p${name}`, "s1", 2)]);
  const all = knownFacts({ ...NOTHING, nodes: [...nodes, shop], evidence });
  const stored = storedAs(resolve({ ...NOTHING, nodes: [...nodes, shop], evidence }, DEFAULT_RULES));
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
