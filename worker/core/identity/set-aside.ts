// The rules that set an edge aside before anything is joined. They see the two ends and nothing else of the graph.

import type { SubjectKey } from "../../../schema/ids.ts";
import type { Edge } from "./edge.ts";
import type { Node } from "./facts.ts";
import type { Refusal } from "./refusal.ts";
import { isStale, type Standing } from "./standing.ts";

/** Edges that cannot mean anything: they do not even count as neighbours. */
export const impossible = (edge: Edge, a: Node | null, b: Node | null): Refusal | null => {
  if (a === null || b === null) {
    const unknown = [...(a === null ? [edge.a] : []), ...(b === null ? [edge.b] : [])];
    return { rule: "unknown_identifier", because: unknown };
  }
  if (edge.a === edge.b) return { rule: "itself", because: [edge.a] };
  if (a.blocked || b.blocked) {
    return { rule: "blocked", because: [a, b].filter((end) => end.blocked).map((end) => end.key) };
  }
  const linked = a.realm === b.realm || (edge.linking && a.kind === b.kind);
  if (!linked) return { rule: "realms_not_linked", because: [a.realm, b.realm] };
  return edge.statement?.says === "not_same" ? { rule: "not_same", because: [edge.statement.id] } : null;
};

/** Edges of identifiers that are not one person's, or are no longer. */
export const setAside = (edge: Edge, weak: boolean, a: Standing, b: Standing): Refusal | null => {
  const where = (is: (end: Standing) => boolean): SubjectKey[] => [
    ...(is(a) ? [edge.a] : []),
    ...(is(b) ? [edge.b] : []),
  ];
  if (a.shared || b.shared) return { rule: "shared", because: where((end) => end.shared) };
  if (weak && (a.crowded || b.crowded)) return { rule: "crowded", because: where((end) => end.crowded) };
  const stale = (end: Standing): boolean => !weak && isStale(edge, end.staleBefore);
  return stale(a) || stale(b) ? { rule: "stale_proof", because: where(stale) } : null;
};
