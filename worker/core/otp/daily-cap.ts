// At most so many within 24 h, counted by the hour so that a cap of thousands stays 25 numbers. An hour is forgotten
// as a whole when its last instant is 24 h old, so the cap errs on the strict side by at most an hour.

const HOUR = 3_600_000;
const HOURS = 25;

/** Hour number since the epoch and how many were taken in it, oldest first. */
export type CapState = readonly (readonly [hour: number, taken: number])[];

export type CapDecision =
  | { readonly kind: "taken"; readonly state: CapState }
  | { readonly kind: "full"; readonly retryAt: number };

export const takeOne = (state: CapState, now: number, limit: number): CapDecision => {
  const hour = Math.floor(now / HOUR);
  const live = state.filter(([at]) => at > hour - HOURS);
  const total = live.reduce((sum, [, taken]) => sum + taken, 0);
  if (total >= limit) return { kind: "full", retryAt: ((live[0]?.[0] ?? hour) + HOURS) * HOUR };
  return { kind: "taken", state: add(live, hour, 1) };
};

/** What was taken at `takenAt` did not lead to a message after all. */
export const giveBack = (state: CapState, takenAt: number): CapState =>
  add(state, Math.floor(takenAt / HOUR), -1);

const add = (state: CapState, hour: number, change: number): CapState => {
  const before = state.find(([at]) => at === hour)?.[1] ?? 0;
  const others = state.filter(([at]) => at !== hour);
  const now = before + change;
  return now <= 0 ? others : [...others, [hour, now] as const].toSorted(([a], [b]) => a - b);
};
