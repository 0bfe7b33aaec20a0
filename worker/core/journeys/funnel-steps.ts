// The funnel as it is shown: at each step who came so far or further, who stopped there, and what share that is.

import { shareOf } from "../analytics/quality.ts";
import { type Step, STEPS } from "../../../schema/journeys.ts";
import { type ReachRow } from "./counts.ts";
import { MIN_PEOPLE } from "./small-numbers.ts";

export interface FunnelStep {
  readonly step: Step;
  /** Who came so far or further. */
  readonly people: number;
  /** Who came so far and no further; of the last step nobody. */
  readonly stopped: number;
  /** Of who came so far; null of the last step, and where fewer than ten came. */
  readonly dropOff: number | null;
}

/** Rows of one scope. */
export const funnelOf = (rows: readonly ReachRow[]): FunnelStep[] => {
  const exactly = (step: Step): number =>
    rows.reduce((sum, row) => (row.step === step ? sum + row.people : sum), 0);
  return STEPS.map((step, index) => {
    const people = STEPS.slice(index).reduce((sum, later) => sum + exactly(later), 0);
    if (index === STEPS.length - 1) return { step, people, stopped: 0, dropOff: null };
    const stopped = exactly(step);
    return { step, people, stopped, dropOff: people < MIN_PEOPLE ? null : shareOf(stopped, people) };
  });
};
