// For how many days what is kept (docs/storage.md), where more than one place must know it.

/** Thirteen months. */
const VISITS = 396;

export const KEPT_DAYS = {
  visits: VISITS,
  /** What happened in a channel; what is older is not taken either. */
  events: VISITS,
  /** Twenty-five months: orders, and whom only channels told of. */
  purchases: 762,
} as const;
