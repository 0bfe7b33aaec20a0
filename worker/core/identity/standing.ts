// What an identifier is worth, told from its own edges alone: is it shared, is it crowded, since when is it proven.
// Because nothing else goes into it, a new fact changes the standing of its own two identifiers and of no other.
//
// Whoever loads the newest evidence first may stop once that alone makes the identifier shared (or its weak evidence
// makes it crowded): older evidence is never fresher, so more of it can only say the same again.

import type { Edge } from "./edge.ts";
import type { Node } from "./facts.ts";
import type { KindRules } from "./rules.ts";

export interface Neighbour {
  readonly edge: Edge;
  readonly node: Node;
  readonly weak: boolean;
}

export interface Standing {
  /** Used by several people: it stays a contact point and merges nobody. */
  readonly shared: boolean;
  /** Too many weak neighbours: its weak edges attach nothing. */
  readonly crowded: boolean;
  /** A strong edge whose newest evidence is older is stale. Null where no proof is. */
  readonly staleBefore: number | null;
}

/** `neighbours`: those that are known, are not blocked or stated to be another, and whose realm is linked. */
export const standingOf = (neighbours: readonly Neighbour[], kind: KindRules): Standing => {
  const strong = neighbours.filter((one) => !one.weak);
  const staleBefore = staleBeforeOf(strong, kind);
  const fresh = strong.filter(({ edge }) => !isStale(edge, staleBefore));
  const byKind = new Map<string, number>();
  for (const { node: other } of fresh) byKind.set(sortOf(other), (byKind.get(sortOf(other)) ?? 0) + 1);
  const manyOfOneKind = [...byKind.values()].some((size) => size > kind.sharedAbove.ofOneKind);
  const crowded = neighbours.length - strong.length > kind.sharedAbove.weak;
  return {
    shared: fresh.length > kind.sharedAbove.strong || manyOfOneKind || (kind.weak && crowded),
    crowded,
    staleBefore,
  };
};

/** An operator's word does not age, and is no proof of who has the number. */
export const isStale = (edge: Edge, staleBefore: number | null): boolean =>
  staleBefore !== null && edge.rank !== 0 && (edge.strong?.lastAt ?? Infinity) < staleBefore;

/** Identifiers that count together: of one kind and source, in one realm. */
export const sortOf = (node: Node): string => `${node.realm} ${node.kind}`;

/** Where the newest run of proofs begins: runs are parted by a silence longer than a proof is valid. */
const staleBeforeOf = (strong: readonly Neighbour[], kind: KindRules): number | null => {
  if (kind.proofValidityMs === null) return null;
  const proven = strong.flatMap(({ edge }) => edge.strong ?? []).toSorted((x, y) => y.lastAt - x.lastAt);
  let start = Infinity;
  for (const { firstAt, lastAt } of proven) {
    if (start - lastAt > kind.proofValidityMs && start !== Infinity) return start;
    // Who proved it before a silence and after it had it all the time, so an edge bridges its own silences.
    start = Math.min(start, firstAt);
  }
  return null;
};
