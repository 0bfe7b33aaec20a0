// Pairwise precision, recall and F0.5 of clusters against the truth. Only identifiers with exactly one owner are scored:
// of a household's phone, a kiosk or a recycled number nobody can say whose it is, but whoever lets one of them join
// two people pays with the pairs of those people's own identifiers.

import type { World } from "./households.ts";

export interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly f05: number;
}

/** The owner of each identifier that has exactly one. */
export const soleOwners = (owners: World["owners"]): Map<string, string> => {
  const sole = new Map<string, string>();
  for (const [key, profiles] of owners) {
    const [owner] = profiles;
    if (owner !== undefined && profiles.size === 1) sole.set(key, owner);
  }
  return sole;
};

/** Anonymous ids are weak: they belong to a person, but never say who somebody is. */
export const isStrong = (key: string): boolean => !key.includes("|anonymous:");

const pairs = (size: number): number => (size * (size - 1)) / 2;

const pairsOf = (names: Iterable<string>): number => {
  const sizes = new Map<string, number>();
  for (const name of names) sizes.set(name, (sizes.get(name) ?? 0) + 1);
  return [...sizes.values()].reduce((sum, size) => sum + pairs(size), 0);
};

/** `ownerOf` is the scored set: an identifier that is not in it does not count. One without a cluster stands alone. */
export const score = (
  clusterOf: ReadonlyMap<string, string>,
  ownerOf: ReadonlyMap<string, string>,
): Score => {
  const scored = [...ownerOf].map(([key, owner]) => ({
    owner,
    cluster: clusterOf.get(key) ?? `alone ${key}`,
  }));
  const same = pairsOf(scored.map(({ owner }) => owner));
  const joined = pairsOf(scored.map(({ cluster }) => cluster));
  const right = pairsOf(scored.map(({ owner, cluster }) => JSON.stringify([owner, cluster])));
  // Who joins nothing makes no mistake; where nothing is to be joined nothing is missed.
  const precision = joined === 0 ? 1 : right / joined;
  const recall = same === 0 ? 1 : right / same;
  const f05 = right === 0 && same > 0 ? 0 : (1.25 * precision * recall) / (0.25 * precision + recall);
  return { precision, recall, f05 };
};
