// A share of people with the range in which it lies when it is taken as a sample (Wilson, 95 %): ten people say little.

import { shareOf } from "../analytics/quality.ts";
import { MIN_PEOPLE } from "./small-numbers.ts";

export interface Rate {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

const Z = 1.96;

/** Null where fewer than ten people are asked about. */
export const rateOf = (part: number, whole: number): Rate | null => {
  const share = shareOf(part, whole);
  if (share === null || whole < MIN_PEOPLE) return null;
  const p = part / whole;
  const spread = Z * Math.sqrt((p * (1 - p)) / whole + (Z * Z) / (4 * whole * whole));
  const middle = p + (Z * Z) / (2 * whole);
  const over = 1 + (Z * Z) / whole;
  const digits = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000;
  return { share, low: digits((middle - spread) / over), high: digits((middle + spread) / over) };
};
