// By which two identifiers an operator's "same" makes two profiles one. Not every pair does: a phone stated to be of a second
// customer is a phone with two customers, which is several people's. So each pair is tried on the resolver beforehand.

import type { SubjectKey } from "../../schema/ids.ts";
import { blocksOf, refusalOf } from "../core/identity/blocks.ts";
import type { Statement } from "../core/identity/facts.ts";
import { otherEnd } from "../core/identity/edge.ts";
import type { Graph } from "../core/identity/graph.ts";
import type { Refusal } from "../core/identity/refusal.ts";
import type { Rules } from "../core/identity/rules.ts";
import type { Database } from "../store/database.ts";
import { lookAround } from "./look-around.ts";

const MOST_PAIRS = 24;

export type Joining =
  | { readonly kind: "joins"; readonly a: SubjectKey; readonly b: SubjectKey }
  /** Null: no edge among them is refused, and yet they are not one. */
  | { readonly kind: "apart"; readonly refusal: Refusal | null };

/** `one` and `other`: the identifiers of each, the one to begin with first. */
export const joiningPair = async (
  db: Database,
  rules: Rules,
  one: readonly SubjectKey[],
  other: readonly SubjectKey[],
  at: number,
): Promise<Joining> => {
  const pairs = one.flatMap((a) => other.map((b) => [a, b] as const)).slice(0, MOST_PAIRS);
  const told = pairs.map(([a, b]) => ({
    rules,
    told: { nodes: [], evidence: [], statements: [stated(a, b, at)] },
  }));
  const all = [...one, ...other];
  return lookAround(db, all, told, (graphs): Joining => {
    const joined = graphs.findIndex((graph, index) => joinsAll(graph, pairs[index]?.[0], [...one, ...other]));
    const [a, b] = pairs[joined] ?? [];
    if (a !== undefined && b !== undefined) return { kind: "joins", a, b };
    const [first] = graphs;
    return { kind: "apart", refusal: first === undefined ? null : refusalAmong(first, all) };
  });
};

const stated = (a: SubjectKey, b: SubjectKey, at: number): Statement => ({
  id: "supposed",
  a,
  b,
  says: "same",
  reason: "",
  at,
  active: true,
});

const joinsAll = (graph: Graph, key: SubjectKey | undefined, all: readonly SubjectKey[]): boolean => {
  if (key === undefined) return false;
  const person = blocksOf(graph).personOf(key);
  return all.every((member) => person.has(member));
};

/** Why somebody stays out: an edge among them that is refused. */
const refusalAmong = (graph: Graph, all: readonly SubjectKey[]): Refusal | null => {
  const blocks = blocksOf(graph);
  const members = new Set(all);
  const refused = all.flatMap((key) =>
    graph
      .edges(key)
      .filter((edge) => members.has(otherEnd(edge, key)))
      .flatMap((edge) => refusalOf(graph, blocks, edge) ?? []),
  );
  return refused[0] ?? null;
};
