// Presence as the design words it, slow and obvious: looks at every moment at which anything changes and asks who
// is there and whose the device is. Its project does not reference worker/core, so it can share no code with it.

import { type Definitions, DWELL_EDGES_MINUTES } from "../../../schema/definitions.ts";

export interface Seen {
  device: string;
  from: number;
  to: number;
  left: boolean;
  randomised: boolean;
}
export interface SignedIn {
  device: string;
  subject: string | null;
  at: number;
  here: boolean;
}
export interface Permitted {
  subject: string;
  at: number;
  state: "granted" | "withdrawn";
}
export interface World {
  seen: readonly Seen[];
  signIns: readonly SignedIn[];
  permissions: readonly Permitted[];
}
export interface Span {
  start: number;
  end: number;
}
interface Stay {
  from: number;
  to: number;
}

const HOUR = 3_600_000;

/** Whose the device is at `t`: the latest sign-in decides, and then the latest word of that person. */
export const ownerAt = (world: World, device: string, t: number): string | null => {
  let latest: SignedIn | null = null;
  for (const signIn of world.signIns) {
    if (signIn.device !== device || signIn.at > t) continue;
    if (!latest || signIn.at > latest.at) latest = signIn;
    else if (signIn.at === latest.at && (signIn.subject ?? "") > (latest.subject ?? "")) latest = signIn;
  }
  if (!latest || latest.subject === null) return null;
  let word: Permitted | null = null;
  for (const permission of world.permissions) {
    if (permission.subject !== latest.subject || permission.at > t) continue;
    if (!word || permission.at > word.at) word = permission;
    else if (permission.at === word.at && permission.state === "withdrawn") word = permission;
  }
  return word?.state === "granted" ? latest.subject : null;
};

/** The first moment of every stretch of the day in which nothing begins, ends or changes hands. */
const momentsOf = (world: World, day: Span): number[] => {
  const moments = [day.start];
  for (const { from, to } of world.seen) moments.push(from, to + 1);
  for (const { at } of world.signIns) moments.push(at);
  for (const { at } of world.permissions) moments.push(at);
  for (let hour = day.start; hour < day.end; hour += HOUR) moments.push(hour);
  return [...new Set(moments)].filter((m) => m >= day.start && m < day.end).toSorted((a, b) => a - b);
};

/** Stays of one device: present stretches at most `gap` apart, or within one observation, are one stay. */
const staysOf = (
  seen: readonly Seen[],
  moments: readonly number[],
  day: Span,
  gapMs: number,
  counts: (moment: number) => boolean,
): Stay[] => {
  const out: Stay[] = [];
  moments.forEach((from, index) => {
    const to = (moments[index + 1] ?? day.end) - 1;
    if (!counts(from) || !seen.some((o) => o.from <= from && from <= o.to)) return;
    const last = out.at(-1);
    const unbroken =
      last !== undefined && last.to + 1 === from && seen.some((o) => o.from <= last.to && from <= o.to);
    if (last && (unbroken || from - last.to <= gapMs)) last.to = to;
    else out.push({ from, to });
  });
  return out;
};

const wasSeenLeaving = (seen: readonly Seen[], stay: Stay, day: Span): boolean =>
  stay.to === day.end - 1 || seen.some((o) => o.to === stay.to && o.left);

const bucketOf = (dwellMs: number): number => {
  let bucket = 0;
  for (const minutes of DWELL_EDGES_MINUTES) if (dwellMs >= minutes * 60_000) bucket += 1;
  return bucket;
};

export interface SlowVisit {
  subject: string;
  startedAt: number;
  endedAt: number;
  counted: boolean;
  estimated: boolean;
  signedIn: boolean;
}

/** The recognised visits of one device and business day, whether settled or not. */
export const slowVisits = (
  world: World,
  device: string,
  day: Span,
  definitions: Definitions,
): SlowVisit[] => {
  const seen = world.seen.filter((o) => o.device === device);
  const moments = momentsOf(world, day);
  const subjects = [...new Set(world.signIns.flatMap((s) => (s.device === device ? (s.subject ?? []) : [])))];
  const visits: SlowVisit[] = [];
  for (const subject of subjects) {
    const own = (m: number): boolean => ownerAt(world, device, m) === subject;
    for (const stay of staysOf(seen, moments, day, definitions.gapMs, own)) {
      const dwell = stay.to - stay.from;
      if (dwell > definitions.fixtureMs) continue;
      const signedIn = world.signIns.some(
        (s) => s.device === device && s.subject === subject && s.here && stay.from <= s.at && s.at <= stay.to,
      );
      visits.push({
        subject,
        startedAt: stay.from,
        endedAt: stay.to,
        counted: signedIn || dwell >= definitions.minDwellMs,
        estimated: !(own(stay.to + 1) && wasSeenLeaving(seen, stay, day)),
        signedIn,
      });
    }
  }
  return visits.toSorted((a, b) => a.startedAt - b.startedAt);
};

export interface SlowHour {
  hour: number;
  arrivals: number;
  visits: number;
  passers: number;
  devices: number;
  peakOccupancy: number;
  estimatedVisits: number;
  recognisedVisits: number;
  engagedVisits: number;
  dwell: number[];
}
export interface SlowDay {
  hours: SlowHour[];
  devices: number;
  randomisedDevices: number;
  peakOccupancy: number;
}

/** The footfall of one business day as known at `now`. */
export const slowFootfall = (world: World, day: Span, definitions: Definitions, now: number): SlowDay => {
  const moments = momentsOf(world, day);
  const guests = [...new Set(world.seen.map((o) => o.device))].flatMap((device) => {
    const seen = world.seen.filter((o) => o.device === device);
    const stays = staysOf(seen, moments, day, definitions.gapMs, () => true).filter(
      (stay) => stay.to - stay.from <= definitions.fixtureMs,
    );
    const recognised = moments.some(
      (m) => ownerAt(world, device, m) !== null && seen.some((o) => o.from <= m && m <= o.to),
    );
    const randomised = seen.some((o) => o.randomised && o.from < day.end && o.to >= day.start);
    return stays.length === 0 ? [] : [{ device, seen, stays, recognised, randomised }];
  });
  const within = (stay: Stay, m: number): boolean => stay.from <= m && m <= stay.to;
  const presentAt = (m: number): number =>
    guests.filter((guest) => guest.stays.some((s) => within(s, m))).length;

  const hours: SlowHour[] = [];
  for (let hour = 0; day.start + hour * HOUR < day.end; hour++) {
    const begin = day.start + hour * HOUR;
    const finish = begin + HOUR - 1;
    const row: SlowHour = {
      hour,
      arrivals: 0,
      visits: 0,
      passers: 0,
      devices: guests.filter((guest) => guest.stays.some((s) => s.from <= finish && s.to >= begin)).length,
      peakOccupancy: Math.max(0, ...moments.filter((m) => m >= begin && m <= finish).map(presentAt)),
      estimatedVisits: 0,
      recognisedVisits: 0,
      engagedVisits: 0,
      dwell: Array.from({ length: DWELL_EDGES_MINUTES.length + 1 }, () => 0),
    };
    for (const guest of guests) {
      for (const stay of guest.stays.filter((s) => s.from >= begin && s.from <= finish)) {
        const dwell = stay.to - stay.from;
        const signedIn = world.signIns.some((s) => s.device === guest.device && s.here && within(stay, s.at));
        const settled = now > stay.to + definitions.gapMs;
        row.arrivals += 1;
        if (dwell < definitions.minDwellMs && !signedIn) {
          if (settled) row.passers += 1;
          continue;
        }
        row.visits += 1;
        if (guest.recognised) row.recognisedVisits += 1;
        if (dwell >= definitions.engagedMs) row.engagedVisits += 1;
        if (settled && !wasSeenLeaving(guest.seen, stay, day)) row.estimatedVisits += 1;
        if (settled) row.dwell[bucketOf(dwell)] = (row.dwell[bucketOf(dwell)] ?? 0) + 1;
      }
    }
    if (row.devices > 0) hours.push(row);
  }
  return {
    hours,
    devices: guests.length,
    randomisedDevices: guests.filter((guest) => guest.randomised).length,
    peakOccupancy: Math.max(0, ...hours.map((row) => row.peakOccupancy)),
  };
};
