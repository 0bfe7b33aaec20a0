// To which touches a conversion is credited: the first and the last of those inside its window. A touch after the
// conversion is never among them.

import type { Conversion, Touch } from "./journey.ts";

export interface Attribution {
  /** In no order; empty: the conversion is direct. */
  readonly within: readonly Touch[];
  readonly first: Touch | null;
  readonly last: Touch | null;
}

const byName = (a: Touch, b: Touch): number =>
  a.channel === b.channel
    ? Number(a.campaign > b.campaign) - Number(a.campaign < b.campaign)
    : a.channel < b.channel
      ? -1
      : 1;

/** Of touches at one instant the name decides, so that their order does not. */
export const attribute = (
  conversion: Pick<Conversion, "at">,
  touches: readonly Touch[],
  windowMs: number,
): Attribution => {
  const within = touches.filter(({ at }) => at <= conversion.at && at >= conversion.at - windowMs);
  return {
    within,
    first: within.toSorted((a, b) => a.at - b.at || byName(a, b))[0] ?? null,
    last: within.toSorted((a, b) => b.at - a.at || byName(a, b))[0] ?? null,
  };
};
