// How sure the numbers of an answer are (invariant 8). A share of nothing is null, never zero.

import { isoAt } from "../presence/day.ts";

export interface Quality {
  /** The versions of the definitions under which the numbers were made, joined when there are several. */
  definitions: string | null;
  randomisedShare: number | null;
  estimatedShare: number | null;
  recognisedShare: number | null;
  freshAt: string | null;
}

/** Four digits: more would pretend. */
export const shareOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;

export const joinDefinitions = (versions: Iterable<string>): string | null => {
  const distinct = [...new Set(versions)].toSorted();
  return distinct.length === 0 ? null : distinct.join(" | ");
};

export const freshAtOf = (at: number | null, timezone: string): string | null =>
  at === null ? null : isoAt(at, timezone);
