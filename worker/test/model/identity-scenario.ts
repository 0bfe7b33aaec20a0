// Small and adversarial graphs of identifiers: few nodes, many edges, every kind, both realms, ties in time and trust.
// Also the words in which tests tell single facts.

import * as fc from "fast-check";
import type { SubjectKey } from "../../../schema/ids.ts";
import type { SlowEvidence, SlowFacts, SlowNode, SlowRules, SlowStatement } from "./slow-identity.ts";

/** A key that can be read: the name, filled up with `A` to the 22 letters of a node key. */
export const keyOf = (name: string): SubjectKey => name.padEnd(22, "A") as SubjectKey;

export const node = (name: string, kind: string, more: Partial<SlowNode> = {}): SlowNode => ({
  key: keyOf(name),
  realm: "commerce",
  kind,
  firstSeenAt: 0,
  generation: 0,
  blocked: false,
  ...more,
});

export const saw = (
  a: string,
  b: string,
  trust: 1 | 2 | 3,
  observedAt = 0,
  more: Partial<SlowEvidence> = {},
): SlowEvidence => ({
  id: `${a}-${b}-${trust}-${observedAt}`,
  a: keyOf(a),
  b: keyOf(b),
  trust,
  source: "test",
  observedAt,
  consentId: null,
  active: true,
  ...more,
});

export const states = (a: string, says: "same" | "not_same", b: string, at = 0): SlowStatement => ({
  id: `${a}-${says}-${b}-${at}`,
  a: keyOf(a),
  b: keyOf(b),
  says,
  reason: "They came to the counter together.",
  at,
  active: true,
});

export const NODES: readonly SlowNode[] = [
  node("p1", "phone"),
  node("p2", "phone"),
  node("p3", "phone"),
  node("s1", "phone", { realm: "store" }),
  node("s2", "phone", { realm: "store" }),
  node("z1", "zalo_app:1", { realm: "store" }),
  node("c1", "customer:pos"),
  node("c2", "customer:pos"),
  node("c3", "customer:pos"),
  node("c4", "customer:web"),
  node("m1", "email"),
  node("x1", "loyalty:old", { generation: 1 }),
  node("w1", "anonymous:web"),
  node("w2", "anonymous:web"),
  node("w3", "anonymous:app"),
];

const kind = (limit: number, strong: number, ofOneKind: number, weak: number) => ({
  limit,
  sharedAbove: { strong, ofOneKind, weak },
  proofValidityMs: null,
  weak: false,
});

const rulesWith = (limit: number, strong: number, ofOneKind: number, componentLimit: number): SlowRules => ({
  version: `test-${limit}-${strong}-${ofOneKind}-${componentLimit}`,
  componentLimit,
  kinds: [
    ["phone", { ...kind(limit, strong, ofOneKind, 2), proofValidityMs: 8 }],
    ["zalo_app", kind(1, strong, ofOneKind, 2)],
    ["customer:web", kind(2, strong, ofOneKind, 2)],
    ["customer", kind(limit, strong, ofOneKind, 2)],
    ["email", kind(1, strong, ofOneKind, 1)],
    ["anonymous", { ...kind(limit, strong, ofOneKind, 2), weak: true }],
  ],
  otherKind: kind(1, strong, ofOneKind, 2),
});

export const RULES: readonly SlowRules[] = [
  rulesWith(2, 4, 2, 6),
  rulesWith(1, 3, 1, 4),
  rulesWith(3, 9, 9, 3),
  rulesWith(2, 6, 3, 12),
];

export const rulesArb: fc.Arbitrary<SlowRules> = fc.constantFrom(...RULES);

/** Mostly those that may be joined: one realm, and several of a kind. */
const keyArb = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(...NODES.map((one) => one.key)) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(...["p1", "p2", "c1", "c2", "c3", "c4", "m1", "w1", "w2"].map(keyOf)),
  },
  { weight: 1, arbitrary: fc.constantFrom(...["p1", "s1", "z1"].map(keyOf)) },
);
/** Never told as a node. */
const anyKeyArb = fc.oneof(
  { weight: 80, arbitrary: keyArb },
  { weight: 1, arbitrary: fc.constant(keyOf("u1")) },
);
const trustArb = fc.constantFrom(1 as const, 1 as const, 2 as const, 2 as const, 3 as const);
const atArb = fc.integer({ min: 0, max: 16 });

const evidenceArb = fc.record({
  a: anyKeyArb,
  b: anyKeyArb,
  trust: trustArb,
  source: fc.constantFrom("pos", "web"),
  observedAt: atArb,
  consentId: fc.constantFrom(null, null, "consent"),
  active: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
});

const statementArb = fc.record({
  a: keyArb,
  b: keyArb,
  says: fc.constantFrom("same" as const, "not_same" as const, "not_same" as const),
  reason: fc.constant("They came to the counter together."),
  at: atArb,
  active: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
});

/** Ids come from the place in the list, so shorter lists keep the ids of what is left. */
export const factsArb: fc.Arbitrary<SlowFacts> = fc
  .record({
    blocked: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: keyArb }),
    evidence: fc.oneof(
      { weight: 1, arbitrary: fc.array(evidenceArb, { maxLength: 10 }) },
      { weight: 3, arbitrary: fc.array(evidenceArb, { minLength: 10, maxLength: 40, size: "max" }) },
    ),
    seen: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: NODES.length, maxLength: NODES.length }),
    statements: fc.oneof(fc.array(statementArb, { maxLength: 0 }), fc.array(statementArb, { maxLength: 4 })),
  })
  .map(({ blocked, evidence, seen, statements }) => ({
    nodes: NODES.map((one, index) => ({
      ...one,
      firstSeenAt: seen[index] ?? 0,
      blocked: one.key === blocked,
    })),
    evidence: evidence.map((one, index) => ({ ...one, id: `e${index}` })),
    statements: statements.map((one, index) => ({ ...one, id: `s${index}` })),
  }));

/** Where each fact goes and how often it is told. */
export const tellingArb = fc.record({
  places: fc.array(fc.nat(1_000), { minLength: 100, maxLength: 100 }),
  twice: fc.array(fc.boolean(), { minLength: 100, maxLength: 100 }),
});

/** The same facts in another order, some of them told twice. */
export const toldOtherwise = <T>(facts: readonly T[], telling: { places: number[]; twice: boolean[] }): T[] =>
  facts
    .flatMap((fact, index) => (telling.twice[index] === true ? [fact, fact] : [fact]))
    .map((fact, index) => ({ fact, place: telling.places[index % 100] ?? 0 }))
    .toSorted((x, y) => x.place - y.place)
    .map(({ fact }) => fact);
