// A set of facts, found by identifier; and such a set with more facts told, the older one left as it was.

import type { SubjectKey } from "../../../schema/ids.ts";
import type { Facts, KnownFacts, Node } from "./facts.ts";

export const knownFacts = (facts: Facts): KnownFacts => {
  const nodes = new Map<SubjectKey, Node>();
  for (const node of facts.nodes) nodes.set(node.key, newer(nodes.get(node.key), node));
  const evidence = byEnd(facts.evidence);
  const statements = byEnd(facts.statements);
  return {
    node: (key) => nodes.get(key) ?? "unknown",
    evidence: (key) => evidence.get(key) ?? [],
    statements: (key) => statements.get(key) ?? [],
  };
};

/** A retraction is told like any fact: the same id again, no longer active. */
export const withFacts = (known: KnownFacts, more: Facts): KnownFacts => {
  const added = knownFacts(more);
  const both = <T>(one: readonly T[] | null, other: readonly T[] | null): readonly T[] | null =>
    one === null || other === null ? null : [...one, ...other];
  return {
    node: (key) => {
      const [old, told] = [known.node(key), added.node(key)];
      if (old === null || told === null || told === "unknown") return old;
      return old === "unknown" ? told : newer(old, told);
    },
    evidence: (key) => both(known.evidence(key), added.evidence(key)),
    statements: (key) => both(known.statements(key), added.statements(key)),
  };
};

/** Blocked once is blocked, and an erasure is not taken back, in whatever order they are told. */
const newer = (one: Node | undefined, other: Node): Node =>
  one === undefined
    ? other
    : {
        ...one,
        firstSeenAt: Math.min(one.firstSeenAt, other.firstSeenAt),
        generation: Math.max(one.generation, other.generation),
        blocked: one.blocked || other.blocked,
      };

const byEnd = <T extends { readonly a: SubjectKey; readonly b: SubjectKey }>(
  facts: readonly T[],
): ReadonlyMap<SubjectKey, readonly T[]> => {
  const found = new Map<SubjectKey, T[]>();
  const add = (key: SubjectKey, fact: T): void => {
    const known = found.get(key);
    if (known === undefined) found.set(key, [fact]);
    else known.push(fact);
  };
  for (const fact of facts) {
    add(fact.a, fact);
    if (fact.a !== fact.b) add(fact.b, fact);
  }
  return found;
};
