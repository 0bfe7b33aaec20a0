// The conversions that are credited to one channel or campaign, as they may be shown.

import { shareOf } from "../analytics/quality.ts";
import { type Counted, NOTHING_COUNTED } from "./counts.ts";
import { keptBack, MIN_PEOPLE } from "./small-numbers.ts";

export interface Contribution {
  readonly people: number;
  readonly visits: number;
  readonly orders: number;
  readonly storeOrders: number;
  /** Null: kept back, for fewer than ten people bought. */
  readonly valueVnd: number | null;
  /** Of the value of all orders of the answer. */
  readonly valueShare: number | null;
}

/** Of rows that divide the total, or one of its rows, among them. */
export const contributions = (
  rows: ReadonlyMap<string, Counted>,
  total: Counted,
  kept: ReadonlySet<Counted> = keptBack([...rows.values()]),
): ReadonlyMap<string, Contribution> =>
  new Map([...rows].map(([name, row]) => [name, contributionOf(row, total, kept.has(row))]));

/**
 * Of all that a channel touched. What it did not touch is told by the difference to the total, and what is kept back of
 * first or last touches would be told by it where each conversion has one.
 */
export const assisted = (row: Counted, total: Counted, touches: readonly Contribution[]): Contribution => {
  const isRestOfFew = total.orders > row.orders && total.buyers - row.buyers < MIN_PEOPLE;
  const isKept = isRestOfFew || touches.some(({ valueVnd }) => valueVnd === null);
  return contributionOf(row, total, row.buyers > 0 && (row.buyers < MIN_PEOPLE || isKept));
};

/** Of one row by itself. */
export const contribution = (row: Counted, total: Counted): Contribution =>
  contributionOf(row, total, row.buyers > 0 && row.buyers < MIN_PEOPLE);

export const NO_CONTRIBUTION = (total: Counted): Contribution =>
  contributionOf(NOTHING_COUNTED, total, false);

const contributionOf = (row: Counted, total: Counted, isKept: boolean): Contribution => ({
  people: row.people,
  visits: row.visits,
  orders: row.orders,
  storeOrders: row.storeOrders,
  valueVnd: isKept ? null : row.valueVnd,
  valueShare: isKept ? null : shareOf(row.valueVnd, total.valueVnd),
});
