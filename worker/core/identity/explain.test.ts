// A profile says what holds it together, and a preview says what other rules would do.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { factsArb, keyOf, node, rulesArb, saw, states } from "../../test/model/identity-scenario.ts";
import { explain } from "./explain.ts";
import type { Facts } from "./facts.ts";
import { graphOf } from "./graph.ts";
import { knownFacts } from "./known-facts.ts";
import { preview, previewKeys } from "./preview.ts";
import { anchorId } from "./anchor-id.ts";
import { resolve } from "./resolve.ts";
import { DEFAULT_RULES, type Rules } from "./rules.ts";

const numRuns = 1_000;

/** A phone may have two Zalo ids before it is shared, so that the limit of a person is what refuses the second. */
const RULES: Rules = {
  ...DEFAULT_RULES,
  version: "test",
  kinds: DEFAULT_RULES.kinds.map(([name, kind]) => [
    name,
    name === "phone" ? { ...kind, sharedAbove: { ...kind.sharedAbove, ofOneKind: 2 } } : kind,
  ]),
};

const codes = ["c1", "c2", "c3", "c4", "c5"];
const facts: Facts = {
  nodes: [
    ...["p1", "p2"].map((name) => node(name, "phone")),
    ...codes.map((name) => node(name, "customer:pos")),
    node("z1", "zalo_app:1"),
    node("z2", "zalo_app:1"),
  ],
  evidence: [
    ...codes.map((name) => saw("p1", name, 2)),
    saw("p2", "c1", 1, 5, { source: "portal" }),
    saw("p2", "c1", 2, 3, { source: "pos" }),
    saw("p2", "z1", 1, 6),
    saw("p2", "z2", 1, 7),
  ],
  statements: [states("p2", "not_same", "c2", 8)],
};

describe("explain", () => {
  it("tells every edge with its trust and sources, every refused edge with its rule, and the shared contacts", () => {
    const { components } = resolve(facts, RULES);
    const person = components.find((one) => one.members.includes(keyOf("p2")));
    if (person === undefined) throw new Error("the phone is in no component");
    const told = explain(graphOf(knownFacts(facts), RULES), person);
    expect(told).toMatchObject({
      rulesVersion: RULES.version,
      anchor: keyOf("p2"),
      contacts: [keyOf("p1")],
    });
    expect(told.members).toEqual(["c1", "p2", "z1"].map(keyOf));
    expect(told.edges).toMatchObject([
      {
        a: keyOf("c1"),
        b: keyOf("p2"),
        trust: "proven",
        firstAt: 5,
        evidence: [{ source: "portal" }, { source: "pos" }],
      },
      { a: keyOf("p2"), b: keyOf("z1"), trust: "proven", firstAt: 6 },
    ]);
    expect(told.refused).toMatchObject([
      { a: keyOf("c1"), b: keyOf("p1"), trust: "asserted", rule: "shared", because: [keyOf("p1")] },
      {
        a: keyOf("c2"),
        b: keyOf("p2"),
        // Nobody ever saw the two together: the operator's word is all there is.
        trust: "stated",
        firstAt: 8,
        rule: "not_same",
        statement: { reason: "They came to the counter together." },
      },
      { a: keyOf("p2"), b: keyOf("z2"), rule: "kind_limit", because: ["zalo_app:1"] },
    ]);
  });

  it("connects every member by its edges, and refuses the same edges as resolving does", () => {
    fc.assert(
      fc.property(factsArb, rulesArb, (given, rules) => {
        const { components, refused } = resolve(given, rules);
        const graph = graphOf(knownFacts(given), rules);
        for (const component of components) {
          const told = explain(graph, component);
          const reached = new Set([component.anchor]);
          for (const key of reached) {
            for (const { a, b } of told.edges) if (a === key || b === key) reached.add(a === key ? b : a);
          }
          expect([...reached].toSorted()).toEqual(component.members);
          for (const { firstAt } of [...told.edges, ...told.refused])
            expect(Number.isFinite(firstAt)).toBe(true);
          const own = refused.filter(({ edge }) =>
            [edge.a, edge.b].some((key) => component.members.includes(key)),
          );
          expect(told.refused.map(({ a, b, rule }) => [a, b, rule])).toEqual(
            own.map(({ edge, rule }) => [edge.a, edge.b, rule]),
          );
        }
      }),
      { numRuns },
    );
  });
});

describe("preview", () => {
  const strict = {
    ...RULES,
    version: "strict",
    kinds: RULES.kinds.map(
      ([name, kind]) => [name, name === "zalo_app" ? { ...kind, limit: 2 } : kind] as const,
    ),
  };

  it("names the profiles that would merge or part, with counts and a sample", () => {
    const id = (name: string): string => anchorId({ key: keyOf(name), generation: 0 });
    expect(preview(RULES, strict, facts)).toMatchObject({
      rulesBefore: RULES.version,
      rulesAfter: "strict",
      profilesBefore: 7,
      profilesAfter: 6,
      merged: { count: 1, samples: [{ anchorId: id("p2"), previousIds: [id("z2")] }] },
      split: { count: 0, samples: [] },
    });
    expect(preview(strict, RULES, facts)).toMatchObject({
      merged: { count: 0 },
      split: { count: 1, samples: [{ anchorId: id("z2"), previousIds: [id("p2")] }] },
    });
    expect(preview(strict, RULES, facts, 0).split).toEqual({ count: 1, samples: [] });
  });

  it("finds nothing when the rules are the same", () => {
    fc.assert(
      fc.property(factsArb, rulesArb, (given, rules) => {
        const { merged, split, becomesShared, noLongerShared } = preview(rules, rules, given);
        expect([merged, split, becomesShared, noLongerShared].map((one) => one.count)).toEqual([0, 0, 0, 0]);
      }),
      { numRuns },
    );
  });

  it("asked about some identifiers after the others counts every profile once", () => {
    const dealt = fc.array(fc.nat(3), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(factsArb, rulesArb, rulesArb, dealt, (given, before, after, places) => {
        const whole = preview(before, after, given, 1_000);
        const known = knownFacts(given);
        const parts = [0, 1, 2, 3].map((part) => {
          const keys = given.nodes.filter((_, index) => places[index] === part).map((one) => one.key);
          return previewKeys(graphOf(known, before), graphOf(known, after), new Set(keys), 1_000);
        });
        const sum = (count: (part: typeof whole) => number): number =>
          parts.reduce((total, part) => total + count(part), 0);
        expect(sum((part) => part.profilesBefore)).toBe(whole.profilesBefore);
        expect(sum((part) => part.profilesAfter)).toBe(whole.profilesAfter);
        for (const what of ["merged", "split", "becomesShared", "noLongerShared"] as const) {
          const named = parts.flatMap((part) => part[what].samples.map((one) => JSON.stringify(one)));
          expect(named.toSorted()).toEqual(whole[what].samples.map((one) => JSON.stringify(one)).toSorted());
        }
        const [was, becomes] = [before, after].map((rules) => resolve(given, rules));
        expect([whole.profilesBefore, whole.profilesAfter]).toEqual([
          was?.components.length,
          becomes?.components.length,
        ]);
      }),
      { numRuns },
    );
  });
});
