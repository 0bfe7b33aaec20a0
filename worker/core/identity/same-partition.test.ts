// Invariant 3 of the identity core: what was told decides, not how, when or how often. The answers are compared with a
// slow model that was written from the design's words and shares no code with the core.

import fc from "fast-check";
import { expect, test } from "vitest";
import { factsArb, rulesArb, tellingArb, toldOtherwise } from "../../test/model/identity-scenario.ts";
import { type SlowFacts, slowIdentity } from "../../test/model/slow-identity.ts";
import type { Facts } from "./facts.ts";
import { resolve } from "./resolve.ts";
import type { Resolution } from "./resolution.ts";
import { rulesOf } from "./rules.ts";

const numRuns = 1_000;

const retold = (facts: SlowFacts, telling: { places: number[]; twice: boolean[] }): Facts => ({
  nodes: toldOtherwise(facts.nodes, telling),
  evidence: toldOtherwise(facts.evidence, telling).map((one, index) =>
    telling.twice[99 - (index % 100)] === true ? { ...one, a: one.b, b: one.a } : one,
  ),
  statements: toldOtherwise(facts.statements, telling),
});

/** Evidence keeps how its ends were told, which decides nothing. */
const withoutEnds = (resolution: Resolution): unknown => ({
  ...resolution,
  refused: resolution.refused.map(({ edge, ...why }) => ({
    ...why,
    edge: { ...edge, statement: edge.statement?.id, evidence: edge.evidence.map((one) => one.id) },
  })),
});

test("any order, repetition and direction gives the same persons, anchors, refused edges and shared identifiers", () => {
  fc.assert(
    fc.property(factsArb, rulesArb, tellingArb, (facts, rules, telling) => {
      const once = resolve(facts, rules);
      expect(withoutEnds(resolve(retold(facts, telling), rules))).toEqual(withoutEnds(once));
    }),
    { numRuns },
  );
});

test("the answer equals that of the slow model", () => {
  fc.assert(
    fc.property(factsArb, rulesArb, (facts, rules) => {
      const { components, refused, shared } = resolve(facts, rules);
      const byFirst = components.toSorted((x, y) => ((x.members[0] ?? "") < (y.members[0] ?? "") ? -1 : 1));
      expect({
        persons: byFirst.map((one) => one.members),
        anchors: byFirst.map((one) => one.anchor),
        refused: refused.map(({ edge, rule }) => `${edge.a} ${edge.b} ${rule}`).toSorted(),
        shared: shared.map((one) => one.key),
      }).toEqual(slowIdentity(facts, rules));
    }),
    { numRuns },
  );
});

test("evidence and statements that were told and taken back leave nothing", () => {
  fc.assert(
    fc.property(factsArb, factsArb, rulesArb, tellingArb, (facts, more, rules, telling) => {
      const gone = more.evidence.map((one) => ({ ...one, id: `gone-${one.id}`, active: true }));
      const unsaid = more.statements.map((one) => ({ ...one, id: `gone-${one.id}`, active: true }));
      const inactive = <T>(one: T): T & { active: false } => ({ ...one, active: false });
      const after = {
        nodes: facts.nodes,
        evidence: [...facts.evidence, ...gone, ...gone.map(inactive)],
        statements: [...facts.statements, ...unsaid, ...unsaid.map(inactive)],
      };
      const known = new Set(facts.nodes.map((one) => one.key));
      fc.pre(gone.every((one) => known.has(one.a) && known.has(one.b)));
      expect(withoutEnds(resolve(retold(after, telling), rules))).toEqual(withoutEnds(resolve(facts, rules)));
    }),
    { numRuns },
  );
});

test("no person breaks a limit, and every identifier is in exactly one", () => {
  fc.assert(
    fc.property(factsArb, rulesArb, (facts, rules) => {
      const { components } = resolve(facts, rules);
      const nodes = new Map(facts.nodes.map((one) => [one.key, one]));
      expect(components.flatMap((one) => one.members).toSorted()).toEqual([...nodes.keys()].toSorted());
      for (const { members } of components) {
        expect(members.length).toBeLessThanOrEqual(rules.componentLimit);
        const kinds = members.map((key) => nodes.get(key)).filter((one) => one !== undefined);
        for (const { realm, kind } of kinds) {
          const same = kinds.filter((one) => one.realm === realm && one.kind === kind);
          expect(same.length).toBeLessThanOrEqual(rulesOf(rules, kind).limit);
        }
      }
    }),
    { numRuns },
  );
});

test("weak evidence never joins two persons: without any of it, those who are not browsers stand the same", () => {
  fc.assert(
    fc.property(factsArb, rulesArb, (facts, rules) => {
      const isBrowser = new Set(
        facts.nodes.filter((one) => one.kind.startsWith("anonymous:")).map((one) => one.key),
      );
      const same = facts.statements.filter((one) => one.says === "same");
      const strong = facts.evidence.filter(
        (one) =>
          one.trust < 3 ||
          !one.active ||
          same.some((word) => [word.a, word.b].every((key) => key === one.a || key === one.b)),
      );
      const persons = (given: Facts): string[] =>
        resolve(given, rules)
          .components.map((one) => one.members.filter((key) => !isBrowser.has(key)).join(" "))
          .filter((members) => members !== "");
      expect(persons(facts).toSorted()).toEqual(persons({ ...facts, evidence: strong }).toSorted());
    }),
    { numRuns },
  );
});

/** The other rules ask about the edge alone, and its ends may be joined by better ones all the same. */
const BETWEEN_PERSONS: ReadonlySet<string> = new Set([
  "not_same",
  "shared",
  "component_limit",
  "kind_limit",
  "weak_other_person",
]);

test("an edge refused by a limit or by an operator always runs between two persons", () => {
  fc.assert(
    fc.property(factsArb, rulesArb, (facts, rules) => {
      const { components, refused } = resolve(facts, rules);
      const personOf = new Map(components.flatMap((one) => one.members.map((key) => [key, one] as const)));
      const inside = refused.filter(
        ({ edge, rule }) => BETWEEN_PERSONS.has(rule) && personOf.get(edge.a) === personOf.get(edge.b),
      );
      expect(inside).toEqual([]);
    }),
    { numRuns },
  );
});
