// What new facts about devices and owners change in the rows already held: exclusion forgets a device, a
// withdrawal narrows, a grant that was learned late widens as far as the open days still allow.

import type { BranchSettings } from "../../../schema/definitions.ts";
import type { BranchId, DeviceToken } from "../../../schema/ids.ts";
import type { DeviceFact } from "../../core/presence/device-fact.ts";
import { dayOf } from "../../core/presence/day.ts";
import { clipToWindows } from "../../core/presence/recognised.ts";
import { union } from "../../core/presence/segments.ts";
import { closesAt } from "../../core/presence/verdict.ts";
import { visitStart } from "../../core/presence/visit-start.ts";
import { ANONYMOUS, type DeviceStanding, devicesTouched, standingsOf, storeFacts } from "./device-facts.ts";
import { eraseFacts } from "./erase-facts.ts";
import {
  addFootfall,
  type DayRow,
  footfallOf,
  forgetFootfall,
  markDirty,
  openDay,
  openDays,
} from "./footfall-rows.ts";
import { settleTime } from "./ingest.ts";
import { tellStart } from "./starts.ts";
import { putRecognised, recognisedAt, recognisedOf, scheduleRecognised } from "./recognised-rows.ts";

export const applyFacts = (
  sql: SqlStorage,
  facts: readonly DeviceFact[],
  branchId: BranchId,
  settings: BranchSettings,
  now: number,
): void => {
  storeFacts(sql, facts);
  const touched = [...new Set([...devicesTouched(sql, facts), ...eraseFacts(sql, facts)])];
  const standings = standingsOf(sql, touched, branchId);
  const days = openDays(sql);
  for (const device of touched) {
    const standing = standings.get(device) ?? ANONYMOUS;
    if (standing.excluded) forget(sql, device, days, now);
    else reclip(sql, device, standing, days, branchId, settings, now);
  }
  for (const fact of facts) {
    if (fact.kind === "sign_in" && fact.branchId === branchId)
      markSignIn(sql, fact.device, fact.at, settings, now);
  }
};

/** A sign-in makes the stay around it a visit, whatever was consented; kept under the day's pseudonym only. */
export const markSignIn = (
  sql: SqlStorage,
  device: DeviceToken,
  at: number,
  settings: BranchSettings,
  now: number,
): void => {
  const bounds = dayOf(at, settings);
  if (now >= closesAt(bounds, settings.definitions)) return;
  const day = openDay(sql, bounds);
  if (!day) return;
  const old = footfallOf(sql, day, device);
  const add = { device, segments: [], signInsAt: [at], randomised: old?.randomised ?? false };
  if (addFootfall(sql, day, [add]).changed) markDirty(sql, day.day);
};

const forget = (sql: SqlStorage, device: DeviceToken, days: readonly DayRow[], now: number): void => {
  for (const day of days) {
    if (!footfallOf(sql, day, device)) continue;
    forgetFootfall(sql, day, device);
    markDirty(sql, day.day);
  }
  for (const row of recognisedOf(sql, device)) putRecognised(sql, row, { ...row, segments: [] }, now);
};

const reclip = (
  sql: SqlStorage,
  device: DeviceToken,
  standing: DeviceStanding,
  days: readonly DayRow[],
  branchId: BranchId,
  settings: BranchSettings,
  now: number,
): void => {
  const open = new Map(days.map((day) => [day.day, day]));
  for (const row of recognisedOf(sql, device)) {
    const segments = clipToWindows(row.segments, standing.windows);
    putRecognised(sql, row, { ...row, segments }, settleTime(segments, settings));
    // Even where the intervals stay the same, whose they are or whether it was a visit may have changed.
    scheduleRecognised(sql, row, Math.max(now, settleTime(segments, settings)));
    // The day's footfall says how many of its visits were recognised.
    if (open.has(row.day)) markDirty(sql, row.day);
  }
  for (const day of open.values()) {
    const footfall = footfallOf(sql, day, device);
    if (!footfall) continue;
    const own = clipToWindows(footfall.segments, standing.windows);
    if (own.length === 0) continue;
    const old = recognisedAt(sql, device, day.day);
    const segments = union([...(old?.segments ?? []), ...own]);
    markDirty(sql, day.day);
    const learned = { before: old?.segments ?? [], after: segments, windows: standing.windows };
    tellStart(sql, branchId, visitStart(learned, settings.definitions, now));
    const randomised = footfall.randomised || (old?.randomised ?? false);
    putRecognised(
      sql,
      old,
      { device, day: day.day, segments, randomised, endAt: day.end },
      settleTime(segments, settings),
    );
  }
};
