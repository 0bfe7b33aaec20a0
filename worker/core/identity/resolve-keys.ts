// The answer as far as it is about some identifiers, and nothing beyond what it takes to give it is looked at.

import type { SubjectKey } from "../../../schema/ids.ts";
import { blocksOf, refusalOf } from "./blocks.ts";
import { compare, otherEnd } from "./edge.ts";
import type { Graph } from "./graph.ts";
import type { Component, RefusedEdge, Resolution, SharedIdentifier } from "./resolution.ts";

/** `keys` must hold every identifier of the persons they belong to; `affected.ts` finds such keys. */
export const resolveKeys = (graph: Graph, keys: ReadonlySet<SubjectKey>): Resolution => {
  const blocks = blocksOf(graph);
  const persons = new Set<ReadonlySet<SubjectKey>>();
  const refused = new Map<string, RefusedEdge>();
  const shared: SharedIdentifier[] = [];
  for (const key of keys) {
    if (graph.node(key) !== null) persons.add(blocks.personOf(key));
    for (const edge of graph.edges(key)) {
      // The other end tells of it too.
      if (edge.a !== key && keys.has(edge.a)) continue;
      const why = refusalOf(graph, blocks, edge);
      if (why !== null) refused.set(`${edge.a} ${edge.b}`, { edge, ...why });
    }
    if (graph.standing(key)?.shared === true) shared.push({ key, contacts: contactsOf(graph, key) });
  }
  return {
    rulesVersion: graph.rules.version,
    components: [...persons]
      .map((members) => componentOf(graph, members))
      .toSorted((x, y) => compare(x.anchor, y.anchor)),
    refused: [...refused.values()].toSorted(
      (x, y) => compare(x.edge.a, y.edge.a) || compare(x.edge.b, y.edge.b),
    ),
    shared: shared.toSorted((x, y) => compare(x.key, y.key)),
  };
};

export const componentOf = (graph: Graph, members: ReadonlySet<SubjectKey>): Component => {
  const rank = (key: SubjectKey): [number, number] => [
    graph.strengthOf(graph.node(key)?.kind ?? ""),
    graph.node(key)?.firstSeenAt ?? Infinity,
  ];
  const ranked = [...members].map((key) => ({ key, rank: rank(key) }));
  const [first] = ranked.toSorted(
    (x, y) => x.rank[0] - y.rank[0] || lessFirst(x.rank[1], y.rank[1]) || compare(x.key, y.key),
  );
  if (first === undefined) throw new Error("a component without members");
  const generation = graph.node(first.key)?.generation ?? 0;
  return { anchor: first.key, generation, members: ranked.map(({ key }) => key).toSorted(compare) };
};

/** Both may be never, whose difference is no number. */
const lessFirst = (one: number, other: number): number => (one === other ? 0 : one - other);

const contactsOf = (graph: Graph, key: SubjectKey): SubjectKey[] =>
  graph
    .edges(key)
    .filter((edge) => !NO_CONTACT.has(graph.setAside(edge)?.rule ?? ""))
    .map((edge) => otherEnd(edge, key))
    .toSorted(compare);

const NO_CONTACT: ReadonlySet<string> = new Set([
  "unknown_identifier",
  "itself",
  "blocked",
  "realms_not_linked",
  "not_same",
]);
