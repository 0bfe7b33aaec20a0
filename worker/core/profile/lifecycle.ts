// Where a person stands with the brand, by the person's own rhythm: a pure function of the days on which the person came
// or ordered, and of now. docs/profile.md tells the rules; whoever changes one raises the version.

import { dayNumber } from "./day-number.ts";
import { groupBy } from "./group-by.ts";
import { gapsOf, typicalGap } from "./typical-gap.ts";

export const LIFECYCLE_VERSION = "2026-1";

export const STAGES = ["stranger", "new", "active", "regular", "lapsing", "lost"] as const;
export type Stage = (typeof STAGES)[number];

export interface Lifecycle {
  readonly stage: Stage;
  /** Since when without a break; null for a stranger. */
  readonly since: number | null;
}

/** Something that the person did, at the first time of its day. */
export interface Occasion {
  readonly day: string;
  readonly at: number;
}

const DAY_MS = 86_400_000;
const REGULAR_FROM = 4;
const REGULAR_GAP_DAYS = 45;

/** After how much silence, by the usual gap in days. */
const lapsingAfterMs = (gap: number): number => Math.max(2 * gap, 30) * DAY_MS;
const lostAfterMs = (gap: number): number => Math.max(4 * gap, 90) * DAY_MS;

const stageAt = (occasions: number, gap: number): Stage => {
  if (occasions === 1) return "new";
  return occasions >= REGULAR_FROM && gap <= REGULAR_GAP_DAYS ? "regular" : "active";
};

export const lifecycleOf = (all: readonly Occasion[], now: number): Lifecycle => {
  const occasions = daysOf(all.filter(({ at }) => at <= now));
  const gaps = gapsOf(occasions.map(({ day }) => dayNumber(day)));
  let stands: Lifecycle = { stage: "stranger", since: null };
  for (const [index, { at }] of occasions.entries()) {
    // One day alone has no gap: then only the least silences count.
    const gap = typicalGap(gaps, index) ?? 0;
    const stage = stageAt(index + 1, gap);
    if (stage !== stands.stage) stands = { stage, since: at };
    const silence = (occasions[index + 1]?.at ?? now) - at;
    if (silence > lostAfterMs(gap)) stands = { stage: "lost", since: at + lostAfterMs(gap) };
    else if (silence > lapsingAfterMs(gap)) stands = { stage: "lapsing", since: at + lapsingAfterMs(gap) };
  }
  return stands;
};

/** One a day, oldest first. */
const daysOf = (all: readonly Occasion[]): Occasion[] =>
  [...groupBy(all, ({ day }) => day)]
    .map(([day, own]) => ({ day, at: Math.min(...own.map(({ at }) => at)) }))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1));
