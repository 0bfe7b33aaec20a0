// The demo's shoppers day after day. Always begins at the first day, because who signs in depends on who did before;
// a later run of the same seed therefore continues the same people.

import { type BrandDay, brandDay } from "./day.ts";
import { peopleOf } from "./people.ts";
import type { LocalDay } from "./rhythm.ts";

export function* brandDays(seed: number, first: LocalDay, last: LocalDay): Generator<BrandDay, void> {
  const people = peopleOf(seed);
  const signedIn = new Set<string>();
  for (let day = first; day <= last; day += 1) yield brandDay(seed, day, people, signedIn);
}

/** What of a day lies after `from` and not after `to`. */
export const between = (day: BrandDay, from: number, to: number): BrandDay => {
  const within = ({ at }: { at: number }) => at > from && at <= to;
  return {
    day: day.day,
    signIns: day.signIns.filter(within),
    purchases: day.purchases.filter(within),
    online: day.online.filter(within),
    lines: {
      q1: day.lines.q1.filter(within),
      "da-nang": day.lines["da-nang"].filter(within),
      "can-tho": day.lines["can-tho"].filter(within),
    },
  };
};
