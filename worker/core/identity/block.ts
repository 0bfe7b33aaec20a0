// One candidate, parted into persons: its edges are tried in the order of joining and kept if no limit breaks, then
// browsers are attached. The order is total and the same for everyone, so arrival and batches cannot change a result.

import type { SubjectKey } from "../../../schema/ids.ts";
import { byTrust, compare, type Edge, otherEnd } from "./edge.ts";
import type { Graph } from "./graph.ts";
import { type Person, personOf, refuse, together } from "./person.ts";
import type { Refusal } from "./refusal.ts";

export interface Block {
  /** Of the candidate, and the browsers that have their home in it. */
  readonly keys: Iterable<SubjectKey>;
  readonly persons: readonly ReadonlySet<SubjectKey>[];
  personOf(key: SubjectKey): ReadonlySet<SubjectKey> | null;
  /** Why an edge that remained joined nobody; null for one that did, or that runs inside a person. */
  refusal(edge: Edge): Refusal | null;
}

export const blockOf = (graph: Graph, keys: ReadonlySet<SubjectKey>): Block => {
  const persons = new Map([...keys].map((key) => [key, personOf(graph, key)]));
  const refused = new Map<string, Refusal>();
  const join = (edge: Edge): void => {
    const [one, other] = [persons.get(edge.a), persons.get(edge.b)];
    if (one === undefined || other === undefined || one === other) return;
    const why = refuse(graph, one, other);
    if (why !== null) return void refused.set(pairOf(edge), why);
    const both = together(one, other);
    for (const key of both.keys) persons.set(key, both);
  };

  for (const edge of edgesAmong(graph, keys)) join(edge);
  // A browser has one home only, so attaching one never joins two persons that stand apart.
  for (const [browser, edge] of browsersOf(graph, keys)) {
    persons.set(browser, personOf(graph, browser));
    join(edge);
  }
  const known: ReadonlyMap<SubjectKey, Person> = persons;
  return {
    keys: [...known.keys()],
    persons: [...new Set(known.values())].map((person) => person.keys),
    personOf: (key) => known.get(key)?.keys ?? null,
    refusal: (edge) => refused.get(pairOf(edge)) ?? null,
  };
};

const pairOf = (edge: Edge): string => `${edge.a} ${edge.b}`;

const edgesAmong = (graph: Graph, keys: ReadonlySet<SubjectKey>): Edge[] =>
  [...keys]
    .flatMap((key) => graph.strong(key).filter((edge) => edge.a === key && keys.has(edge.b)))
    .toSorted(byTrust);

/** Browsers whose home is among `keys`, in the order of their home edges. */
const browsersOf = (graph: Graph, keys: ReadonlySet<SubjectKey>): [SubjectKey, Edge][] => {
  const browsers = new Map<SubjectKey, Edge>();
  for (const key of keys) {
    for (const edge of graph.edges(key)) {
      const browser = otherEnd(edge, key);
      // Asked before the home, which would load all that the browser knows.
      if (!graph.isWeakKind(browser) || graph.setAside(edge) !== null) continue;
      const home = graph.home(browser);
      if (home !== null && otherEnd(home, browser) === key) browsers.set(browser, home);
    }
  }
  return [...browsers].toSorted(([x, one], [y, other]) => byTrust(one, other) || compare(x, y));
};
