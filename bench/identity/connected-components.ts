// Plain connected components: whoever shares any identifier is one person. A re-implementation of the graph step that
// RudderStack Profiles documents without its filters and cardinality rules (rudderstack.com/docs/profiles), and of what
// one gets from a union-find over all edges. Order cannot matter to it.

import { type Evidence, keyOf } from "./evidence.ts";
import type { Resolver } from "./resolver.ts";

const componentsOf = (
  evidence: readonly Evidence[],
  joins: (fact: Evidence) => boolean,
): Map<string, string> => {
  const parents = new Map<string, string>();
  const rootOf = (key: string): string => {
    let root = key;
    for (let up = parents.get(root) ?? root; up !== root; up = parents.get(root) ?? root) root = up;
    // Halve the way for the next who asks.
    for (let at = key; at !== root;) {
      const up = parents.get(at) ?? root;
      parents.set(at, root);
      at = up;
    }
    return root;
  };
  for (const fact of evidence) {
    const [one, other] = [rootOf(keyOf(fact.a)), rootOf(keyOf(fact.b))];
    parents.set(one, one);
    parents.set(other, joins(fact) ? one : other);
  }
  return new Map([...parents.keys()].map((key) => [key, rootOf(key)]));
};

export const connectedComponents: Resolver = (evidence) => componentsOf(evidence, () => true);

/** The first thing one would do about its worst joins: leave cookies out, and numbers of zeros only. */
export const strongComponents: Resolver = (evidence) =>
  componentsOf(evidence, ({ trust, b }) => trust < 3 && !/^0*$/.test(b.value));
