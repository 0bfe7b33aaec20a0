// The footfall of one branch and business day as absolute counts, computed from the stored intervals of every
// pseudonym: repeats, order and batching change nothing. Nothing in the result belongs to one device.

import { type Definitions, DWELL_EDGES_MINUTES } from "../../../schema/definitions.ts";
import { type DayBounds, HOUR_MS } from "./day.ts";
import type { Segment } from "./segments.ts";
import { settledAt, type Stay, stays } from "./sessions.ts";

/** One device of the day, known by the day's pseudonym only. */
export interface DayDevice {
  segments: Segment[];
  signInsAt: number[];
  randomised: boolean;
  /** Segments of the same device that belong to a consenting visitor. */
  recognised: boolean;
}

export interface HourCounts {
  /** Hours since the start of the business day; a day has 23 to 25. */
  hour: number;
  arrivals: number;
  visits: number;
  passers: number;
  devices: number;
  peakOccupancy: number;
  estimatedVisits: number;
  recognisedVisits: number;
  engagedVisits: number;
  /** Settled visits by dwell: bucket i ends at DWELL_EDGES_MINUTES[i]; the last is open. */
  dwell: number[];
}

export interface DayCounts {
  hours: HourCounts[];
  devices: number;
  randomisedDevices: number;
  peakOccupancy: number;
}

const EDGES_MS = DWELL_EDGES_MINUTES.map((minutes) => minutes * 60_000);

export const dwellBucket = (dwellMs: number): number => {
  const index = EDGES_MS.findIndex((edge) => dwellMs < edge);
  return index === -1 ? EDGES_MS.length : index;
};

const emptyHour = (hour: number): HourCounts => ({
  hour,
  arrivals: 0,
  visits: 0,
  passers: 0,
  devices: 0,
  peakOccupancy: 0,
  estimatedVisits: 0,
  recognisedVisits: 0,
  engagedVisits: 0,
  dwell: Array.from({ length: EDGES_MS.length + 1 }, () => 0),
});

interface Edge {
  at: number;
  step: 1 | -1;
}

/** Most stays at one moment, in each hour. A step down stands one ms after the stay, so at equal times it goes first. */
const addPeaks = (edges: Edge[], hours: readonly HourCounts[], dayStart: number): number => {
  edges.sort((a, b) => a.at - b.at || a.step - b.step);
  let present = 0;
  let peak = 0;
  let index = 0;
  for (const hour of hours) {
    const start = dayStart + hour.hour * HOUR_MS;
    const end = start + HOUR_MS;
    for (let edge = edges[index]; edge && edge.at <= start && edge.step < 0; edge = edges[++index])
      present -= 1;
    hour.peakOccupancy = present;
    for (let edge = edges[index]; edge && edge.at < end; edge = edges[++index]) {
      present += edge.step;
      hour.peakOccupancy = Math.max(hour.peakOccupancy, present);
    }
    peak = Math.max(peak, hour.peakOccupancy);
  }
  return peak;
};

const addStay = (
  hour: HourCounts,
  stay: Stay,
  device: DayDevice,
  now: number,
  definitions: Definitions,
): void => {
  hour.arrivals += 1;
  const settled = settledAt(stay, definitions) <= now;
  if (stay.kind === "passer") {
    if (settled) hour.passers += 1;
    return;
  }
  hour.visits += 1;
  if (device.recognised) hour.recognisedVisits += 1;
  if (stay.to - stay.from >= definitions.engagedMs) hour.engagedVisits += 1;
  if (!settled) return;
  if (stay.estimated) hour.estimatedVisits += 1;
  const bucket = dwellBucket(stay.to - stay.from);
  hour.dwell[bucket] = (hour.dwell[bucket] ?? 0) + 1;
};

/**
 * Counts as of `now`: a stay counts as a visit as soon as it is long enough, as a passer and in the dwell
 * histogram once it is settled. `unsettled` says that time alone will still change the counts.
 */
export const countDay = (
  devices: Iterable<DayDevice>,
  bounds: DayBounds,
  definitions: Definitions,
  now: number,
): { counts: DayCounts; unsettled: boolean } => {
  const length = Math.ceil((bounds.end - bounds.start) / HOUR_MS);
  const hours = Array.from({ length }, (_, hour) => emptyHour(hour));
  const edges: Edge[] = [];
  let distinct = 0;
  let randomised = 0;
  let unsettled = false;
  const hourOf = (at: number): number =>
    Math.min(length - 1, Math.max(0, Math.floor((at - bounds.start) / HOUR_MS)));

  for (const device of devices) {
    const present = new Set<number>();
    for (const stay of stays(device.segments, device.signInsAt, definitions)) {
      if (stay.kind === "fixture") continue;
      const hour = hours[hourOf(stay.from)];
      if (hour) addStay(hour, stay, device, now, definitions);
      if (settledAt(stay, definitions) > now) unsettled = true;
      for (let h = hourOf(stay.from); h <= hourOf(stay.to); h++) present.add(h);
      edges.push({ at: stay.from, step: 1 }, { at: stay.to + 1, step: -1 });
    }
    if (present.size === 0) continue;
    distinct += 1;
    if (device.randomised) randomised += 1;
    for (const h of present) {
      const hour = hours[h];
      if (hour) hour.devices += 1;
    }
  }
  const peakOccupancy = addPeaks(edges, hours, bounds.start);
  const used = hours.filter((hour) => hour.arrivals > 0 || hour.devices > 0 || hour.peakOccupancy > 0);
  return {
    counts: { hours: used, devices: distinct, randomisedDevices: randomised, peakOccupancy },
    unsettled,
  };
};
