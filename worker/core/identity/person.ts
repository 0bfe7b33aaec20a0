// Identifiers held to be one person, while a block is being joined: it knows how many of each sort it has and whom it
// must stay apart from. Limits only ever get tighter as it grows, so what was refused once could never fit later.

import type { SubjectKey } from "../../../schema/ids.ts";
import { type Edge, otherEnd } from "./edge.ts";
import type { Graph } from "./graph.ts";
import type { Refusal } from "./refusal.ts";
import { sortOf } from "./standing.ts";

export interface Person {
  readonly keys: ReadonlySet<SubjectKey>;
  /** Identifiers by sort; the kind is kept to know the limit. */
  readonly sorts: ReadonlyMap<string, { readonly kind: string; readonly size: number }>;
}

export const personOf = (graph: Graph, key: SubjectKey): Person => {
  const node = graph.node(key);
  return {
    keys: new Set([key]),
    sorts: new Map(node === null ? [] : [[sortOf(node), { kind: node.kind, size: 1 }]]),
  };
};

export const together = (one: Person, other: Person): Person => {
  const sorts = new Map(one.sorts);
  for (const [sort, { kind, size }] of other.sorts) {
    sorts.set(sort, { kind, size: size + (sorts.get(sort)?.size ?? 0) });
  }
  return { keys: new Set([...one.keys, ...other.keys]), sorts };
};

/** Why the two cannot be one person, or null. */
export const refuse = (graph: Graph, one: Person, other: Person): Refusal | null => {
  const apart = statedApart(graph, one, other);
  if (apart.length > 0) return { rule: "not_same", because: apart };
  if (one.keys.size + other.keys.size > graph.rules.componentLimit) {
    return { rule: "component_limit", because: [`${graph.rules.componentLimit}`] };
  }
  const full = [...other.sorts].filter(([sort, { kind, size }]) => {
    const own = one.sorts.get(sort)?.size ?? 0;
    return own > 0 && own + size > graph.rulesOf(kind).limit;
  });
  const kinds = full.map(([, { kind }]) => kind).toSorted();
  return full.length > 0 ? { rule: "kind_limit", because: kinds } : null;
};

const statedApart = (graph: Graph, one: Person, other: Person): string[] => {
  const [small, large] = one.keys.size <= other.keys.size ? [one, other] : [other, one];
  const saysNo = (edge: Edge, key: SubjectKey): string[] =>
    edge.statement?.says === "not_same" && large.keys.has(otherEnd(edge, key)) ? [edge.statement.id] : [];
  return [...small.keys].flatMap((key) => graph.apart(key).flatMap((edge) => saysNo(edge, key))).toSorted();
};
