// Which value of a trait is believed: one that the person has proven, the newest of them; else that of the source that is
// believed first, and of equal sources the newest.

import type { TraitRow } from "./facts.ts";
import { groupBy } from "./group-by.ts";

/** One a name, in the order of names. */
export const believedTraits = (rows: readonly TraitRow[]): TraitRow[] =>
  [...groupBy(rows, ({ name }) => name).values()]
    .flatMap((own) => own.toSorted(believedFirst).slice(0, 1))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));

const believedFirst = (a: TraitRow, b: TraitRow): number => {
  if (a.proven !== b.proven) return a.proven ? -1 : 1;
  const byPriority = a.priority - b.priority;
  const byAge = b.at - a.at;
  const order = a.proven ? byAge || byPriority : byPriority || byAge;
  // Whatever the order in which they came, the same one is believed.
  return order || compare(a.source, b.source) || compare(a.key, b.key);
};

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
