// How many days a person usually lets pass: the median of the latest ten gaps between days on which something happened.

import { median } from "./median.ts";

const LATEST = 10;

/** `days` are numbers of distinct days, oldest first. */
export const gapsOf = (days: readonly number[]): number[] =>
  days.slice(1).map((day, index) => day - (days[index] ?? day));

/** After the first `known` gaps; null before there is one. */
export const typicalGap = (gaps: readonly number[], known = gaps.length): number | null =>
  median(gaps.slice(Math.max(0, known - LATEST), known));
