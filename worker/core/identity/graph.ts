// The facts seen as a graph: edges of an identifier, which of them are set aside and by which rule. Everything is
// decided from the two ends' own facts and kept; identifiers that were not loaded are noted in `missing`.

import type { SubjectKey } from "../../../schema/ids.ts";
import { byTrust, type Edge, edgeOf, otherEnd } from "./edge.ts";
import type { Evidence, KnownFacts, Node, Statement } from "./facts.ts";
import { once } from "./once.ts";
import type { Refusal } from "./refusal.ts";
import { type KindRules, type Rules, rulesOf, strengthOf } from "./rules.ts";
import { impossible, setAside } from "./set-aside.ts";
import { type Standing, standingOf } from "./standing.ts";

export interface Graph {
  readonly rules: Rules;
  rulesOf(kind: string): KindRules;
  strengthOf(kind: string): number;
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
  const ofKind = once((kind: string) => rulesOf(rules, kind));
  const node = once((key: SubjectKey): Node | null => {
    const found = loaded(key, known.node(key));
    return found === "unknown" ? null : found;
  });
  const isWeakKind = once((key: SubjectKey): boolean => ofKind(node(key)?.kind ?? "").weak);

  // A pair has one edge, so the end that is asked second takes what the first one made.
  const made = new Map<SubjectKey, Map<SubjectKey, Edge>>();
  const edgesTo = once((key: SubjectKey): Map<SubjectKey, Edge> => {
    const evidence = byOther(key, loaded(key, known.evidence(key)) ?? []);
    const statements = byOther(key, loaded(key, known.statements(key)) ?? []);
    const edges = new Map<SubjectKey, Edge>();
    for (const other of new Set([...evidence.keys(), ...statements.keys()])) {
      const edge =
        made.get(other)?.get(key) ?? edgeOf(evidence.get(other) ?? [], statements.get(other) ?? []);
      if (edge !== null) edges.set(other, edge);
    }
    made.set(key, edges);
    return edges;
  });
  const edges = once((key: SubjectKey): readonly Edge[] => [...edgesTo(key).values()]);

  const isWeak = once((edge: Edge) => edge.rank === 3 || isWeakKind(edge.a) || isWeakKind(edge.b));
  const never = once((edge: Edge) => impossible(edge, node(edge.a), node(edge.b)));
  const standing = once((key: SubjectKey): Standing | null => {
    const self = node(key);
    if (self === null) return null;
    const neighbours = edges(key).flatMap((edge) => {
      const other = node(otherEnd(edge, key));
      return other === null || never(edge) ? [] : { edge, node: other, weak: isWeak(edge) };
    });
    return standingOf(neighbours, ofKind(self.kind));
  });
  const aside = once((edge: Edge): Refusal | null => {
    const why = never(edge);
    if (why !== null) return why;
    // Asked last, which may load all that is told of an end.
    const [a, b] = [standing(edge.a), standing(edge.b)];
    return a === null || b === null ? null : setAside(edge, isWeak(edge), a, b);
  });

  const strong = once((key: SubjectKey): readonly Edge[] =>
    standing(key)?.shared === false ? edges(key).filter((edge) => !isWeak(edge) && aside(edge) === null) : [],
  );
  const home = once((key: SubjectKey): Edge | null => {
    if (!isWeakKind(key) || standing(key)?.shared !== false) return null;
    const usable = edges(key).filter((edge) => !isWeakKind(otherEnd(edge, key)) && aside(edge) === null);
    return usable.toSorted(byTrust)[0] ?? null;
  });
  const apart = once((key: SubjectKey) => edges(key).filter((edge) => edge.statement?.says === "not_same"));
  return {
    rules,
    rulesOf: ofKind,
    strengthOf: once((kind: string) => strengthOf(rules, kind)),
    node,
    edges,
    standing,
    setAside: aside,
    isWeak,
    isWeakKind,
    strong,
    apart,
    home,
    missing,
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
