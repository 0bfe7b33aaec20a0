// What the outside calls a piece of evidence. Its own id holds the keys of both identifiers, and these leave no reply.

import { sealSame } from "../portal/seal-same.ts";
import { makeSeal } from "../portal/seal.ts";
import type { VersionedKey } from "../env.ts";

const CONTEXT = "evidence-name";

/** The same evidence has the same name each time. */
export const evidenceNames = async (
  keys: readonly VersionedKey[],
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const seal = sealSame(keys);
  return new Map(await Promise.all(ids.map(async (id) => [id, await seal(id, CONTEXT)] as const)));
};

/** Null for what is no name of ours. */
export const evidenceNamed = (keys: readonly VersionedKey[], name: string): Promise<string | null> =>
  makeSeal(keys)
    .open(name, CONTEXT)
    .catch(() => null);
