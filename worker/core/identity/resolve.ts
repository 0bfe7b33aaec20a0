// Who is one person, as a pure function of the set of active facts and the rules (design section 4).
// Same facts, same answer: standings are counts and extremes of sets, candidates are connectivity, joining follows a
// total order within one candidate, and browsers follow their own first edge. Nothing looks at time or arrival.

import type { Facts } from "./facts.ts";
import { graphOf } from "./graph.ts";
import { knownFacts } from "./known-facts.ts";
import { resolveKeys } from "./resolve-keys.ts";
import type { Resolution } from "./resolution.ts";
import type { Rules } from "./rules.ts";

export const resolve = (facts: Facts, rules: Rules): Resolution => {
  const graph = graphOf(knownFacts(facts), rules);
  const told = [...facts.evidence, ...facts.statements].flatMap(({ a, b }) => [a, b]);
  return resolveKeys(graph, new Set([...facts.nodes.map((node) => node.key), ...told]));
};
