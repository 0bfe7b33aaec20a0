// The blocks of a graph, each worked out once and only when asked for, and with them why an edge joins nobody.

import type { SubjectKey } from "../../../schema/ids.ts";
import { blockOf, type Block } from "./block.ts";
import { type Candidate, candidatesOf } from "./candidates.ts";
import { byTrust, type Edge, otherEnd } from "./edge.ts";
import type { Graph } from "./graph.ts";
import type { Refusal } from "./refusal.ts";

export interface Blocks {
  candidate(key: SubjectKey): Candidate;
  /** The candidate that decides about an identifier: its own, or for a browser that of its home. Null: it is alone. */
  block(key: SubjectKey): Block | null;
  personOf(key: SubjectKey): ReadonlySet<SubjectKey>;
}

export const blocksOf = (graph: Graph): Blocks => {
  const candidate = candidatesOf(graph);
  const known = new Map<Candidate, Block>();
  const alone = new Map<SubjectKey, ReadonlySet<SubjectKey>>();
  const block = (key: SubjectKey): Block | null => {
    const home = graph.home(key);
    const found = candidate(home === null ? key : otherEnd(home, key));
    if (found.size === "over" || (home === null && graph.isWeakKind(key))) return null;
    const before = known.get(found);
    if (before !== undefined) return before;
    const now = blockOf(graph, found.keys);
    known.set(found, now);
    return now;
  };
  return {
    candidate,
    block,
    personOf: (key) => {
      const person = block(key)?.personOf(key) ?? alone.get(key) ?? new Set([key]);
      if (person.size === 1) alone.set(key, person);
      return person;
    },
  };
};

/** Why an edge joins nobody. A pair has one edge, and asking from either end gives the same answer. */
export const refusalOf = (graph: Graph, blocks: Blocks, edge: Edge): Refusal | null => {
  const aside = graph.setAside(edge);
  if (aside !== null) return aside;
  const over: Refusal = { rule: "component_limit", because: [`${graph.rules.componentLimit}`] };
  if (!graph.isWeak(edge)) {
    const block = blocks.block(edge.a);
    return block === null ? over : block.refusal(edge);
  }
  const browsers = [edge.a, edge.b].filter((key) => graph.isWeakKind(key));
  const [browser] = browsers;
  if (browser === undefined || browsers.length === 2) return { rule: "weak", because: [] };
  const home = graph.home(browser);
  if (home !== null && byTrust(home, edge) === 0) {
    const block = blocks.block(browser);
    return block === null ? over : block.refusal(edge);
  }
  const inside = blocks.personOf(browser).has(otherEnd(edge, browser));
  return inside
    ? null
    : { rule: "weak_other_person", because: home === null ? [] : [otherEnd(home, browser)] };
};
