// Which identifiers must be resolved again when facts changed, found by looking around the change, before and after.
//
// A fact changes the standing of its own ends only, so edges change only there: at the changed identifiers and at
// their neighbours, the seeds. A block without a seed has the same edges before and after, so it is the same block
// with the same answer. So it is enough to resolve the blocks of all seeds, those of before and those of after.
// Exploring is bounded: a shared identifier leads nowhere, others have few neighbours, blocks end at the limit.

import type { SubjectKey } from "../../../schema/ids.ts";
import { type Blocks, blocksOf } from "./blocks.ts";
import { otherEnd } from "./edge.ts";
import type { Node } from "./facts.ts";
import type { Graph } from "./graph.ts";

/** `changed`: both ends of every fact that was told, retracted or removed, and every node that is new or not as it was. */
export const affected = (
  changed: Iterable<SubjectKey>,
  before: Graph,
  after: Graph,
): ReadonlySet<SubjectKey> => {
  const ends = new Set(changed);
  for (const key of ends) {
    if (counts(before.node(key)) === counts(after.node(key))) continue;
    for (const graph of [before, after]) for (const other of neighbours(graph, key)) ends.add(other);
  }
  const seeds = new Set(ends);
  for (const graph of [before, after]) {
    for (const key of ends) for (const other of usable(graph, key)) seeds.add(other);
  }
  const keys = new Set<SubjectKey>();
  for (const graph of [before, after]) {
    const blocks = blocksOf(graph);
    for (const seed of seeds) for (const key of inBlock(blocks, seed)) keys.add(key);
  }
  return keys;
};

/** Whether an identifier counts as a neighbour of others. */
const counts = (node: Node | null): boolean => node !== null && !node.blocked;

const neighbours = (graph: Graph, key: SubjectKey): SubjectKey[] =>
  graph.edges(key).map((edge) => otherEnd(edge, key));

const usable = (graph: Graph, key: SubjectKey): SubjectKey[] => {
  const standing = graph.standing(key);
  if (standing === null || standing.shared) return [];
  return graph
    .edges(key)
    .filter((edge) => graph.setAside(edge) === null)
    .map((edge) => otherEnd(edge, key));
};

const inBlock = (blocks: Blocks, key: SubjectKey): Iterable<SubjectKey> => blocks.block(key)?.keys ?? [key];
