// The messages of one branch's business day as its object publishes them: a set when a visit settles, the whole set
// again when the same device comes a second time, each with a revision.

import { randomBytes } from "node:crypto";
import type { FootfallMessage, VisitSetMessage } from "../../schema/messages.ts";

const MINUTE = 60_000;

interface DayOf {
  branchId: string;
  day: string;
  /** Start of the business day. */
  startAt: number;
}

const visitAt = (subject: string, startedAt: number): VisitSetMessage["visits"][number] => ({
  subject,
  startedAt,
  endedAt: startedAt + 25 * MINUTE,
  counted: true,
  estimated: false,
  signedIn: false,
});

const token = (): string => randomBytes(16).toString("base64url");

/** In the order of time: every device comes once, `twice` of them again in the afternoon. */
export const visitMessages = (day: DayOf, devices: number, twice: number): VisitSetMessage[] => {
  const sets = Array.from({ length: devices }, (_, index): VisitSetMessage => {
    const visits = [visitAt(token(), day.startAt + (4 * 60 + index) * MINUTE)];
    const { branchId, day: businessDay } = day;
    const head = { kind: "visits" as const, branchId, day: businessDay, device: token() };
    return { ...head, revision: 1, definitions: "2026-1", randomised: true, visits };
  });
  const again = sets.slice(0, twice).map((set): VisitSetMessage => {
    const subject = set.visits[0]?.subject ?? "";
    return { ...set, revision: 2, visits: [...set.visits, visitAt(subject, day.startAt + 14 * 60 * MINUTE)] };
  });
  return [...sets, ...again];
};

const hour = (index: number) => ({
  hour: index,
  arrivals: 40,
  visits: 30,
  passers: 10,
  devices: 60,
  peakOccupancy: 25,
  estimatedVisits: 8,
  recognisedVisits: 9,
  engagedVisits: 12,
  dwell: Array.from({ length: 28 }, (_, bucket) => bucket % 4),
});

export const footfallMessage = (day: DayOf, revision: number): FootfallMessage => ({
  kind: "footfall",
  branchId: day.branchId,
  day: day.day,
  revision,
  definitions: "2026-1",
  at: day.startAt + revision * 5 * MINUTE,
  closed: false,
  counts: {
    hours: Array.from({ length: 1 + Math.floor(revision / 12) }, (_, index) => hour(index)),
    devices: 400,
    randomisedDevices: 280,
    peakOccupancy: 25,
  },
});
