// How many days a person usually lets pass: the median of the latest ten gaps between days on which something happened.

import { median } from "./median.ts";

const LATEST = 10;

/** `days` are numbers of distinct days, oldest first. Null with fewer than two. */
export const typicalGapDays = (days: readonly number[]): number | null => {
  const latest = days.slice(-LATEST - 1);
  return median(
    latest.flatMap((day, index) => {
      const before = latest[index - 1];
      return before === undefined ? [] : [day - before];
    }),
  );
};
