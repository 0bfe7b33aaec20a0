// A person's stays at one branch: the union over the devices of everybody the profile holds, so that two devices at once
// are one visit. The same meaning as store/visitor-stays.ts, which counts many persons inside the database.

import type { DeviceVisit } from "./facts.ts";
import { groupBy } from "./group-by.ts";

export interface PersonStay {
  readonly day: string;
  readonly startedAt: number;
  readonly endedAt: number;
}

export interface StayDefinitions {
  readonly gapMs: number;
  readonly minDwellMs: number;
}

/** Oldest first; only what counts as a visit. */
export const personStays = (
  visits: readonly DeviceVisit[],
  { gapMs, minDwellMs }: StayDefinitions,
): PersonStay[] => {
  const sorted = visits.toSorted((a, b) => a.startedAt - b.startedAt || a.endedAt - b.endedAt);
  return [...groupBy(sorted, ({ day }) => day).values()]
    .flatMap((ofDay) => islands(ofDay, gapMs))
    .filter(
      (island) => island.counted || (island.rows > 1 && island.endedAt - island.startedAt >= minDwellMs),
    )
    .map(({ day, startedAt, endedAt }) => ({ day, startedAt, endedAt }))
    .toSorted((a, b) => a.startedAt - b.startedAt || (a.day < b.day ? -1 : 1));
};

interface Island extends DeviceVisit {
  readonly rows: number;
}

const islands = (sorted: readonly DeviceVisit[], gapMs: number): Island[] => {
  const found: Island[] = [];
  for (const visit of sorted) {
    const last = found.at(-1);
    if (last === undefined || visit.startedAt - last.endedAt > gapMs) found.push({ ...visit, rows: 1 });
    else
      found[found.length - 1] = {
        ...last,
        endedAt: Math.max(last.endedAt, visit.endedAt),
        counted: last.counted || visit.counted,
        rows: last.rows + 1,
      };
  }
  return found;
};
