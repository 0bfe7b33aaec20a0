// How much of an answer depends on the order in which messages arrive: the same facts are told again in shuffled orders,
// and a cluster counts as changed when no cluster of the other answer has exactly its members.

import type { Chance } from "../../scripts/demo/world/chance.ts";
import { type Evidence, messagesOf } from "./evidence.ts";
import type { Resolver } from "./resolver.ts";

export interface Change {
  /** Means over the shuffles. */
  readonly clusters: number;
  readonly identifiers: number;
}

const membersOf = (clusterOf: ReadonlyMap<string, string>): string[][] => {
  const clusters = new Map<string, string[]>();
  for (const [key, cluster] of clusterOf) {
    const members = clusters.get(cluster);
    if (members === undefined) clusters.set(cluster, [key]);
    else members.push(key);
  }
  return [...clusters.values()];
};

const nameOf = (members: readonly string[]): string => members.toSorted().join("\n");

export const changeBetween = (
  one: ReadonlyMap<string, string>,
  other: ReadonlyMap<string, string>,
): Change => {
  const there = new Set(membersOf(other).map(nameOf));
  const clusters = membersOf(one);
  const changed = clusters.filter((members) => !there.has(nameOf(members)));
  const moved = changed.reduce((sum, members) => sum + members.length, 0);
  const share = (part: number, all: number) => (all === 0 ? 0 : part / all);
  return { clusters: share(changed.length, clusters.length), identifiers: share(moved, one.size) };
};

/** Fisher and Yates; the facts of one message stay together. */
export const shuffled = (evidence: readonly Evidence[], chance: Chance): Evidence[] => {
  const left = messagesOf(evidence);
  const told: Evidence[] = [];
  while (left.length > 0) {
    const at = chance.whole(0, left.length - 1);
    const last = left.pop() ?? [];
    const drawn = at < left.length ? (left[at] ?? []) : last;
    if (at < left.length) left[at] = last;
    told.push(...drawn);
  }
  return told;
};

export const orderChange = (
  resolve: Resolver,
  evidence: readonly Evidence[],
  /** The answer to the facts in the order of observation. */
  first: ReadonlyMap<string, string>,
  shuffles: number,
  chance: Chance,
): Change => {
  const changes = Array.from({ length: shuffles }, () =>
    changeBetween(first, resolve(shuffled(evidence, chance))),
  );
  const mean = (of: (change: Change) => number) =>
    changes.reduce((sum, change) => sum + of(change), 0) / Math.max(1, shuffles);
  return { clusters: mean((change) => change.clusters), identifiers: mean((change) => change.identifiers) };
};
