// Takes one agent's observations into the object's rows, inside one transaction: verdicts, footfall under the
// day's pseudonym, recognised intervals clipped to their grants. Repeats change nothing.

import type { BranchSettings } from "../../../schema/definitions.ts";
import type { BranchId, BusinessDay, DeviceToken } from "../../../schema/ids.ts";
import type { PresenceDrop, ServerCounter } from "../../../schema/reasons.ts";
import { type DayBounds, cutByDay } from "../../core/presence/day.ts";
import { clipToWindows } from "../../core/presence/recognised.ts";
import { type Segment, union } from "../../core/presence/segments.ts";
import { closesAt, freezesAt } from "../../core/presence/verdict.ts";
import { visitStart } from "../../core/presence/visit-start.ts";
import { ANONYMOUS, type DeviceStanding, standingsOf } from "./device-facts.ts";
import { addFootfall, MOST_SEGMENTS, type DayRow, markDirty, openDay } from "./footfall-rows.ts";
import { putRecognised, recognisedAt } from "./recognised-rows.ts";
import { tellStart } from "./starts.ts";

/** An observation whose form and time were already judged; `index` is its place in the agent's batch. */
export interface JudgedObservation {
  index: number;
  device: DeviceToken;
  from: number;
  to: number;
  left: boolean;
  randomised: boolean;
}

interface DeviceDay {
  bounds: DayBounds;
  day: DayRow | null;
  device: DeviceToken;
  standing: DeviceStanding;
  randomised: boolean;
  /** Places in the batch of what is in here. */
  indexes: number[];
  footfall: Segment[];
  recognised: Segment[];
}

export interface Taken {
  dropped: { index: number; reason: PresenceDrop }[];
  counted: Partial<Record<ServerCounter, number>>;
}

const bump = (counted: Taken["counted"], reason: ServerCounter): void => {
  counted[reason] = (counted[reason] ?? 0) + 1;
};

/** The first moment at which the last stay of these segments could be settled. */
export const settleTime = (segments: readonly Segment[], settings: BranchSettings): number =>
  (segments.at(-1)?.to ?? 0) + settings.definitions.gapMs + 1;

export const takeObservations = (
  sql: SqlStorage,
  observations: readonly JudgedObservation[],
  branchId: BranchId,
  settings: BranchSettings,
  now: number,
): Taken => {
  const taken: Taken = { dropped: [], counted: {} };
  const standings = standingsOf(sql, [...new Set(observations.map((o) => o.device))], branchId);
  const days = new Map<BusinessDay, DayRow | null>();
  const groups = new Map<string, DeviceDay>();
  const { definitions } = settings;

  const dayFor = (bounds: DayBounds): DayRow | null => {
    const known = days.get(bounds.day);
    if (known !== undefined) return known;
    const row = now < closesAt(bounds, definitions) ? openDay(sql, bounds) : null;
    days.set(bounds.day, row);
    return row;
  };
  const groupFor = (observation: JudgedObservation, bounds: DayBounds): DeviceDay => {
    const key = `${bounds.day}${observation.device}`;
    let group = groups.get(key);
    if (!group) {
      const { device } = observation;
      const standing = standings.get(device) ?? ANONYMOUS;
      group = {
        bounds,
        day: dayFor(bounds),
        device,
        standing,
        randomised: false,
        indexes: [],
        footfall: [],
        recognised: [],
      };
      groups.set(key, group);
    }
    return group;
  };

  for (const reported of observations) {
    const { excluded, erasedAt } = standings.get(reported.device) ?? ANONYMOUS;
    if (excluded) {
      taken.dropped.push({ index: reported.index, reason: "excluded_device" });
      continue;
    }
    if (erasedAt !== null && reported.to <= erasedAt) {
      taken.dropped.push({ index: reported.index, reason: "erased" });
      continue;
    }
    const observation = { ...reported, from: Math.max(reported.from, (erasedAt ?? -1) + 1) };
    let used = false;
    let uncounted = false;
    for (const { bounds, segment } of cutByDay(observation, settings)) {
      const group = groupFor(observation, bounds);
      group.randomised ||= observation.randomised;
      group.indexes.push(observation.index);
      const own =
        group.standing.windows.length > 0 && now < freezesAt(bounds, definitions)
          ? clipToWindows([segment], group.standing.windows)
          : [];
      group.recognised.push(...own);
      const counts = definitions.countBeforeConsent ? [segment] : own;
      if (group.day) group.footfall.push(...counts);
      else if (own.length > 0) bump(taken.counted, "too_late_for_footfall");
      if (own.length > 0 || (group.day && counts.length > 0)) used = true;
      else if (group.day) uncounted = true;
    }
    if (used) continue;
    if (uncounted) bump(taken.counted, "not_counted_before_consent");
    else taken.dropped.push({ index: observation.index, reason: "too_late" });
  }

  for (const day of days.values()) {
    if (!day) continue;
    const adds = [...groups.values()].flatMap((group) =>
      group.day === day && group.footfall.length > 0
        ? [{ device: group.device, segments: group.footfall, signInsAt: [], randomised: group.randomised }]
        : [],
    );
    const { changed, full } = addFootfall(sql, day, adds);
    if (changed) markDirty(sql, day.day);
    for (const group of groups.values())
      if (group.day === day && full.has(group.device)) refuse(taken, group);
  }
  for (const group of groups.values()) {
    if (group.recognised.length > 0 && !keepRecognised(sql, group, branchId, settings, now))
      refuse(taken, group);
  }
  for (const { reason } of taken.dropped) bump(taken.counted, reason);
  return taken;
};

/** The device-day holds more pieces than any device makes: what the batch adds to it is not taken. */
const refuse = (taken: Taken, group: DeviceDay): void => {
  const known = new Set(taken.dropped.map(({ index }) => index));
  for (const index of group.indexes) if (!known.has(index)) taken.dropped.push({ index, reason: "invalid" });
  group.recognised = [];
};

/** False when the row is full. */
const keepRecognised = (
  sql: SqlStorage,
  group: DeviceDay,
  branchId: BranchId,
  settings: BranchSettings,
  now: number,
): boolean => {
  const old = recognisedAt(sql, group.device, group.bounds.day);
  const segments = union([...(old?.segments ?? []), ...group.recognised]);
  if (segments.length > MOST_SEGMENTS) return false;
  const { device, bounds, standing } = group;
  const learned = { before: old?.segments ?? [], after: segments, windows: standing.windows };
  tellStart(sql, branchId, visitStart(learned, settings.definitions, now));
  const randomised = (old?.randomised ?? false) || group.randomised;
  putRecognised(
    sql,
    old,
    { device, day: bounds.day, segments, randomised, endAt: bounds.end },
    settleTime(segments, settings),
  );
  return true;
};
