// Which identifiers hang together by edges that remain, before limits part them. Exploring stops at the component
// limit, so that nobody's graph can make a decision expensive; whoever is in a larger one is joined to nobody.

import type { SubjectKey } from "../../../schema/ids.ts";
import { otherEnd } from "./edge.ts";
import type { Graph } from "./graph.ts";

export type Candidate =
  | { readonly size: "whole"; readonly keys: ReadonlySet<SubjectKey> }
  | { readonly size: "over" };

const OVER: Candidate = { size: "over" };

/** Which candidate an identifier is in depends on the graph only; what is kept here saves asking twice. */
export const candidatesOf = (graph: Graph): ((key: SubjectKey) => Candidate) => {
  const known = new Map<SubjectKey, Candidate>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const reached = new Set([key]);
    const found = reach(graph, known, reached) ? { size: "whole" as const, keys: reached } : OVER;
    for (const one of reached) known.set(one, found);
    return found;
  };
};

/** False once there are too many, or one is met of which that is known already. */
const reach = (
  graph: Graph,
  known: ReadonlyMap<SubjectKey, Candidate>,
  reached: Set<SubjectKey>,
): boolean => {
  // A set hands out what is added to it while it is walked.
  for (const key of reached) {
    for (const edge of graph.strong(key)) {
      reached.add(otherEnd(edge, key));
      if (reached.size > graph.rules.componentLimit || known.get(otherEnd(edge, key))?.size === "over")
        return false;
    }
  }
  return true;
};
