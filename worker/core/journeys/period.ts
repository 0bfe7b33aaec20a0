// The instants of a period of journeys: each branch by its own business days, what is online by those of the brand, which
// are those of its oldest branch.

import type { BusinessDay } from "../../../schema/ids.ts";
import { type DayRange, daysIn } from "../analytics/range.ts";
import { boundsOf, type DaySettings } from "../presence/day.ts";
import type { Branch } from "../settings/branch.ts";

/** A brand without a branch: where the brand is at home. */
const HOME: DaySettings = { timezone: "Asia/Ho_Chi_Minh", dayStartHour: 4 };

const DAY_MS = 86_400_000;

export interface JourneyPeriod {
  readonly from: BusinessDay;
  readonly to: BusinessDay;
  readonly windowMs: number;
  /** [id, zone, start of the first day, end of the last one] */
  readonly branches: readonly (readonly [string, string, number, number])[];
  /** [zone, day, start, end] */
  readonly days: readonly (readonly [string, BusinessDay, number, number])[];
  /** Ends are exclusive. `earliest`, `latest`: of any branch. */
  readonly online: {
    readonly starts: number;
    readonly ends: number;
    readonly earliest: number;
    readonly latest: number;
  };
  readonly timezone: string;
}

const zoneOf = ({ timezone, dayStartHour }: DaySettings): string => `${timezone}/${dayStartHour}`;

/** `branches`: oldest first. */
export const journeyPeriod = (
  branches: readonly Pick<Branch, "id" | "settings">[],
  range: DayRange,
  windowDays: number,
): JourneyPeriod => {
  const home = branches[0]?.settings ?? HOME;
  const span = (settings: DaySettings) => ({
    starts: boundsOf(range.from, settings).start,
    ends: boundsOf(range.to, settings).end,
  });
  const rows = branches.map(({ id, settings }) => {
    const { starts, ends } = span(settings);
    return [id, zoneOf(settings), starts, ends] as const;
  });
  const zones = new Map(branches.map(({ settings }) => [zoneOf(settings), settings]));
  const online = span(home);
  return {
    ...range,
    windowMs: windowDays * DAY_MS,
    branches: rows,
    days: [...zones].flatMap(([zone, settings]) =>
      daysIn(range).map((day) => {
        const { start, end } = boundsOf(day, settings);
        return [zone, day, start, end] as const;
      }),
    ),
    online: {
      ...online,
      earliest: Math.min(online.starts, ...rows.map(([, , starts]) => starts)),
      latest: Math.max(online.ends, ...rows.map(([, , , ends]) => ends)),
    },
    timezone: home.timezone,
  };
};
