// Which identifiers must be decided again, and what about them, when what was decided before is known from storage only.
//
// It begins at the changed identifiers and follows every difference: who was one profile and who is one person now, edges
// that joined or could join and no longer do, edges that can now. Where storage and facts agree it stops, so that it is
// bounded like the persons are; a batch may know of facts whose own turn comes later, and the answer is right after it.
// `decide.test.ts` shows that with every cut into batches the stored answer ends as that of resolving everything.

import type { SubjectKey } from "../../../schema/ids.ts";
import { type Blocks, blocksOf, refusalOf } from "./blocks.ts";
import { compare, type Edge, otherEnd } from "./edge.ts";
import type { Graph } from "./graph.ts";
import { componentOf } from "./resolve-keys.ts";
import type { Component, RefusedEdge } from "./resolution.ts";
import type { RefusalRule } from "./refusal.ts";

export interface StoredRefusal {
  readonly a: SubjectKey;
  readonly b: SubjectKey;
  readonly rule: RefusalRule;
  readonly because: readonly string[];
  readonly rulesVersion: string;
}

/** What was decided before, by identifier. Null: not loaded. */
export interface Decided {
  /** All of the profile that holds it; none where it has no profile. */
  members(key: SubjectKey): readonly SubjectKey[] | null;
  refused(key: SubjectKey): readonly StoredRefusal[] | null;
  /** Of which only the newest, or only some, were loaded. */
  cutOff(key: SubjectKey): { readonly evidence: boolean; readonly refused: boolean };
}

export interface Decision {
  /** With each of them its whole profile of before and its whole person. */
  readonly keys: ReadonlySet<SubjectKey>;
  readonly components: readonly Component[];
  /** All edges of `keys` that join nobody, but for those of `hubs` that lead elsewhere: they stay as they are. */
  readonly refused: readonly RefusedEdge[];
  /** Of `keys`: blocked, or shared by so many, that not all of their edges are looked at. */
  readonly hubs: ReadonlySet<SubjectKey>;
  /** With any of these the decision does not count: they must be loaded, or loaded whole. */
  readonly missing: { readonly facts: ReadonlySet<SubjectKey>; readonly rest: ReadonlySet<SubjectKey> };
}

/** Edges refused by these rules were not set aside: other facts could have made them join. */
const COULD_JOIN: ReadonlySet<RefusalRule> = new Set([
  "not_same",
  "component_limit",
  "kind_limit",
  "weak",
  "weak_other_person",
]);
const BETWEEN_PERSONS: ReadonlySet<RefusalRule> = new Set(["kind_limit", "not_same"]);

/** `changed`: both ends of every fact that was told or taken back, and every node that is not as it was and its neighbours. */
export const decide = (changed: Iterable<SubjectKey>, graph: Graph, decided: Decided): Decision => {
  const blocks = blocksOf(graph);
  const keys = new Set(changed);
  const hubs = new Set<SubjectKey>();
  const [facts, rest] = [new Set<SubjectKey>(), new Set<SubjectKey>()];
  const add = (more: Iterable<SubjectKey>): void => {
    for (const key of more) keys.add(key);
  };
  // A set hands out what is added to it while it is walked.
  for (const key of keys) {
    const [members, refused] = [decided.members(key), decided.refused(key)];
    if (members === null || refused === null) {
      facts.add(key);
      continue;
    }
    add(members);
    if (graph.node(key) !== null) add(blocks.personOf(key));
    const cutOff = decided.cutOff(key);
    if (!cutOff.evidence && !cutOff.refused) {
      add(turned(graph, key, members, refused));
      add(dissolvedOrFormed(graph, blocks, key, refused));
    } else if (!saysAll(graph, key)) rest.add(key);
    else {
      hubs.add(key);
      if (wasHub(key, members, refused)) continue;
      // It was one person's so far, or is new: whoever has a row about it needs a new one.
      if (cutOff.refused) rest.add(key);
      else add(refused.map((one) => otherEnd(one, key)));
    }
  }
  const components = componentsOf(graph, blocks, keys);
  const refused = refusedOf(graph, blocks, keys, hubs);
  return { keys, components, refused, hubs, missing: { facts: new Set([...facts, ...graph.missing]), rest } };
};

/** What is known of it says the same of each of its edges as all of it would: they join nobody. */
export const saysAll = (graph: Graph, key: SubjectKey): boolean =>
  graph.node(key)?.blocked === true || graph.standing(key)?.shared === true;

/**
 * It joined nobody before, at none of its edges: a neighbour whose turn was earlier may have written that of its own edge
 * alone. Whoever blocks it, or opens it, lets its neighbours wait themselves.
 */
const wasHub = (
  key: SubjectKey,
  members: readonly SubjectKey[],
  refused: readonly StoredRefusal[],
): boolean =>
  members.length <= 1 &&
  refused.some(({ rule, because }) => (rule === "shared" || rule === "blocked") && because.includes(key)) &&
  !refused.some(({ rule }) => COULD_JOIN.has(rule));

/** Ends of edges that could join before and cannot now, or the other way round. */
const turned = (
  graph: Graph,
  key: SubjectKey,
  members: readonly SubjectKey[],
  refused: readonly StoredRefusal[],
): SubjectKey[] => {
  const before = new Map(refused.map((one) => [otherEnd(one, key), one.rule]));
  const edges = new Map(graph.edges(key).map((edge) => [otherEnd(edge, key), edge]));
  const differs = (other: SubjectKey): boolean => {
    const [edge, rule] = [edges.get(other), before.get(other)];
    const could = members.includes(other) || (rule !== undefined && COULD_JOIN.has(rule));
    if (edge === undefined) return could;
    const aside = graph.setAside(edge);
    return (aside === null) !== could && !(aside?.rule === "not_same" && rule === "not_same");
  };
  return [...new Set([...before.keys(), ...edges.keys()])].filter(differs);
};

/** A candidate that has become too large is joined no more, one that is small again may be: all of it. */
const dissolvedOrFormed = (
  graph: Graph,
  blocks: Blocks,
  key: SubjectKey,
  refused: readonly StoredRefusal[],
): Iterable<SubjectKey> => {
  const home = graph.home(key);
  const isOver = blocks.candidate(home === null ? key : otherEnd(home, key)).size === "over";
  if (isOver) return refused.filter(({ rule }) => BETWEEN_PERSONS.has(rule)).map((one) => otherEnd(one, key));
  return refused.some(({ rule }) => rule === "component_limit") ? (blocks.block(key)?.keys ?? []) : [];
};

const componentsOf = (graph: Graph, blocks: Blocks, keys: ReadonlySet<SubjectKey>): Component[] => {
  const known = [...keys].filter((key) => graph.node(key) !== null);
  const persons = new Set(known.map((key) => blocks.personOf(key)));
  return [...persons]
    .map((members) => componentOf(graph, members))
    .toSorted((x, y) => compare(x.anchor, y.anchor));
};

const refusedOf = (
  graph: Graph,
  blocks: Blocks,
  keys: ReadonlySet<SubjectKey>,
  hubs: ReadonlySet<SubjectKey>,
): RefusedEdge[] => {
  const found = new Map<string, RefusedEdge>();
  const look = (edge: Edge): void => {
    const why = refusalOf(graph, blocks, edge);
    if (why !== null) found.set(`${edge.a} ${edge.b}`, { edge, ...why });
  };
  for (const key of keys) {
    for (const edge of graph.edges(key)) {
      // The other end tells of it too.
      const isTold = edge.a !== key && keys.has(edge.a) && !hubs.has(edge.a);
      if (!isTold && (!hubs.has(key) || keys.has(otherEnd(edge, key)))) look(edge);
    }
  }
  return [...found.values()];
};
