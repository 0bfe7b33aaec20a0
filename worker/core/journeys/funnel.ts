// How far people came who were touched in the period: over all channels, in one channel, by one campaign. A conversion
// counts where a touch of the same scope, inside the period and the conversion's window, came before it.

import { groupBy } from "../profile/group-by.ts";
import { attribute } from "./attribute.ts";
import { type Step, STEPS } from "../../../schema/journeys.ts";
import { type ReachRow } from "./counts.ts";
import type { Person, Touch, Window } from "./journey.ts";
import { stepOf } from "./step-of.ts";

type Scope = readonly [channel: string | null, campaign: string | null];

const scopesOf = ({ channel, campaign }: Touch): Scope[] => [
  [null, null],
  [channel, null],
  [channel, campaign],
];

const rank = (step: Step): number => STEPS.indexOf(step);

/** The furthest step of one person by scope. */
const furthest = ({ touches, conversions }: Person, { from, windowMs }: Window): Map<string, Step> => {
  const steps = new Map<string, Step>();
  const reach = (touch: Touch, step: Step): void => {
    for (const scope of scopesOf(touch)) {
      const key = JSON.stringify(scope);
      const known = steps.get(key);
      if (known === undefined || rank(step) > rank(known)) steps.set(key, step);
    }
  };
  const own = touches.filter(({ at }) => at >= from);
  for (const touch of own) reach(touch, stepOf(touch.stage));
  for (const conversion of conversions)
    for (const touch of attribute(conversion, own, windowMs).within) reach(touch, conversion.kind);
  return steps;
};

export const reachOf = (people: readonly Person[], window: Window): ReachRow[] => {
  const reached = people.flatMap((person) => [...furthest(person, window)]);
  const groups = groupBy(reached, ([scope, step]) => `${scope} ${step}`);
  return [...groups.values()].flatMap((group): ReachRow[] => {
    const [one] = group;
    if (one === undefined) return [];
    const [channel, campaign] = JSON.parse(one[0]) as Scope;
    return [{ channel, campaign, step: one[1], people: group.length }];
  });
};
