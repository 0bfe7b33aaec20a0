// The facts seen as a graph: edges of an identifier, which of them are set aside and by which rule. Everything is
// decided from the two ends' own facts and kept; identifiers that were not loaded are noted in `missing`.

import type { SubjectKey } from "../../../schema/ids.ts";
import { byTrust, type Edge, edgeOf, otherEnd } from "./edge.ts";
import type { Evidence, KnownFacts, Node, Statement } from "./facts.ts";
import type { Refusal } from "./refusal.ts";
import { type Rules, rulesOf } from "./rules.ts";
import { isStale, isWeak, type Standing, standingOf } from "./standing.ts";

export interface Graph {
  readonly rules: Rules;
  node(key: SubjectKey): Node | null;
  edges(key: SubjectKey): readonly Edge[];
  standing(key: SubjectKey): Standing | null;
  /** Why the edge is set aside before anything is joined; null for one that remains. */
  setAside(edge: Edge): Refusal | null;
  isWeak(edge: Edge): boolean;
  isWeakKind(key: SubjectKey): boolean;
  /** The edges by which an identifier may be joined to others. */
  strong(key: SubjectKey): readonly Edge[];
  /** The edges on which an operator says "not the same". */
  apart(key: SubjectKey): readonly Edge[];
  /** The one edge that may attach this identifier, if it is of a weak kind: its first in the order of joining. */
  home(key: SubjectKey): Edge | null;
  /** Not loaded, though the answers depend on it: with any of these the answers do not count. */
  readonly missing: ReadonlySet<SubjectKey>;
}

export const graphOf = (known: KnownFacts, rules: Rules): Graph => {
  const missing = new Set<SubjectKey>();
  const loaded = <T>(key: SubjectKey, found: T | null): T | null => {
    if (found === null) missing.add(key);
    return found;
  };

  const node = once((key): Node | null => {
    const found = loaded(key, known.node(key));
    return found === "unknown" ? null : found;
  });
  const edges = once((key): readonly Edge[] => {
    const evidence = byOther(key, loaded(key, known.evidence(key)) ?? []);
    const statements = byOther(key, loaded(key, known.statements(key)) ?? []);
    return [...new Set([...evidence.keys(), ...statements.keys()])]
      .map((other) => edgeOf(evidence.get(other) ?? [], statements.get(other) ?? []))
      .filter((edge) => edge !== null);
  });
  const weak = (edge: Edge): boolean => {
    const [a, b] = [node(edge.a), node(edge.b)];
    return a === null || b === null || isWeak(edge, a, b, rules);
  };

  const impossible = ({ a, b, linking, statement }: Edge): Refusal | null => {
    const [one, other] = [node(a), node(b)];
    const unknown = [a, b].filter((key) => node(key) === null);
    if (one === null || other === null) return { rule: "unknown_identifier", because: unknown };
    if (a === b) return { rule: "itself", because: [a] };
    const blocked = [one, other].filter((end) => end.blocked).map((end) => end.key);
    if (blocked.length > 0) return { rule: "blocked", because: blocked };
    const linked = one.realm === other.realm || (linking && one.kind === other.kind);
    if (!linked) return { rule: "realms_not_linked", because: [one.realm, other.realm] };
    return statement?.says === "not_same" ? { rule: "not_same", because: [statement.id] } : null;
  };
  const standing = once((key): Standing | null => {
    const self = node(key);
    if (self === null) return null;
    const neighbours = edges(key).flatMap((edge) => {
      const other = node(otherEnd(edge, key));
      return other === null || impossible(edge) ? [] : { edge, node: other, weak: weak(edge) };
    });
    return standingOf(self, neighbours, rules);
  });
  const setAside = (edge: Edge): Refusal | null => {
    const never = impossible(edge);
    if (never !== null) return never;
    const ends = [edge.a, edge.b].map((key) => ({ key, standing: standing(key) }));
    const which = (is: (end: Standing) => boolean): SubjectKey[] =>
      ends.filter((end) => end.standing !== null && is(end.standing)).map((end) => end.key);
    const shared = which((end) => end.shared);
    if (shared.length > 0) return { rule: "shared", because: shared };
    const crowded = weak(edge) ? which((end) => end.crowded) : [];
    if (crowded.length > 0) return { rule: "crowded", because: crowded };
    const stale = weak(edge) ? [] : which((end) => isStale(edge, end.staleBefore));
    return stale.length > 0 ? { rule: "stale_proof", because: stale } : null;
  };

  const strong = once((key): readonly Edge[] =>
    standing(key)?.shared === false
      ? edges(key).filter((edge) => !weak(edge) && setAside(edge) === null)
      : [],
  );
  const isWeakKind = (key: SubjectKey): boolean => {
    const found = node(key);
    return found !== null && rulesOf(rules, found.kind).weak;
  };
  const home = once((key): Edge | null => {
    if (!isWeakKind(key) || standing(key)?.shared !== false) return null;
    const usable = edges(key).filter((edge) => !isWeakKind(otherEnd(edge, key)) && setAside(edge) === null);
    return usable.toSorted(byTrust)[0] ?? null;
  });
  const apart = once((key) => edges(key).filter((edge) => edge.statement?.says === "not_same"));
  return { rules, node, edges, standing, setAside, isWeak: weak, isWeakKind, strong, apart, home, missing };
};

/** Answers never change while a graph lives, so each is worked out once. */
const once = <T>(work: (key: SubjectKey) => T): ((key: SubjectKey) => T) => {
  const known = new Map<SubjectKey, T>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const now = work(key);
    known.set(key, now);
    return now;
  };
};

const byOther = <T extends Evidence | Statement>(
  key: SubjectKey,
  told: readonly T[],
): Map<SubjectKey, T[]> => {
  const groups = new Map<SubjectKey, T[]>();
  for (const one of told) {
    const group = groups.get(otherEnd(one, key));
    if (group === undefined) groups.set(otherEnd(one, key), [one]);
    else group.push(one);
  }
  return groups;
};
