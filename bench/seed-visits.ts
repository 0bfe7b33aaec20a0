// A year of one branch, made from a seed: regulars and passers-by, a tenth of the visits with a second device, all
// consenting, and the footfall that belongs to it.

import { createHash } from "node:crypto";
import { DWELL_EDGES_MINUTES } from "../schema/definitions.ts";
import type { LocalDatabase } from "../scripts/runtime/types.ts";
import { addDays, boundsOf, daysBetween } from "../worker/core/presence/day.ts";
import type { DayRange } from "../worker/core/analytics/range.ts";
import { type Cell, insertRows } from "./insert-rows.ts";
import { randomOf } from "./random-of.ts";

const MINUTE = 60_000;
const PLACE = { timezone: "Asia/Ho_Chi_Minh", dayStartHour: 4 };
const VISITS_A_PERSON = 5;

/** 16 bytes without order, like a real key. */
const token = (kind: string, branch: string, index: number): string =>
  createHash("sha256").update(`${kind}/${branch}/${index}`).digest().subarray(0, 16).toString("base64url");

const visitsOf = (branch: string, visits: number, range: DayRange): Cell[][] => {
  const random = randomOf(visits);
  const people = Math.ceil(visits / VISITS_A_PERSON);
  const days = daysBetween(range.from, range.to) + 1;
  const bounds = Array.from({ length: days }, (_, index) => boundsOf(addDays(range.from, index), PLACE));
  return Array.from({ length: visits }, (_, index) => index).flatMap(() => {
    // Squared: few regulars, many who come once.
    const person = Math.floor(people * random() ** 2);
    const { day, start } = bounds[Math.floor(random() * days)] ?? { day: range.from, start: 0 };
    const startedAt = start + Math.floor(random() * 18 * 60 * MINUTE);
    const endedAt = startedAt + Math.floor(random() * random() * 120 * MINUTE);
    const subject = token("s", branch, person);
    const row = (device: number, from: number, to: number): Cell[] => [
      branch,
      day,
      token("d", branch, person * 2 + device),
      from,
      to,
      subject,
      to - from >= 5 * MINUTE ? 1 : 0,
      random() < 0.2 ? 1 : 0,
      0,
      1,
      "2026-1",
    ];
    const second = random() < 0.1 ? [row(1, startedAt + MINUTE, endedAt + MINUTE)] : [];
    return [row(0, startedAt, endedAt), ...second];
  });
};

const footfallOf = (branch: string, visits: number, range: DayRange): Cell[][] => {
  const days = daysBetween(range.from, range.to) + 1;
  const each = Math.max(1, Math.round(visits / days / 16));
  const hours = Array.from({ length: 16 }, (_, index) => ({
    hour: index + 3,
    arrivals: each * 2,
    visits: each,
    passers: each,
    devices: each * 2,
    peakOccupancy: each,
    estimatedVisits: 0,
    recognisedVisits: each,
    engagedVisits: each,
    dwell: [...DWELL_EDGES_MINUTES.map(() => 1), 0],
  }));
  const counts = JSON.stringify({ hours, devices: each * 16, randomisedDevices: each, peakOccupancy: each });
  return Array.from({ length: days }, (_, index) => {
    const { day, end } = boundsOf(addDays(range.from, index), PLACE);
    return [branch, day, 1, 1, "2026-1", end, counts];
  });
};

export const seedBranch = async (
  d1: LocalDatabase,
  branch: string,
  visits: number,
  range: DayRange,
): Promise<void> => {
  const rows = visitsOf(branch, visits, range);
  const people = [...new Set(rows.map((row) => row[5] ?? null))];
  await insertRows(d1, "branches", [[branch, branch, PLACE.timezone, PLACE.dayStartHour, "{}", 0, null]]);
  await insertRows(d1, "visits", rows);
  await insertRows(d1, "footfall_days", footfallOf(branch, visits, range));
  await insertRows(
    d1,
    "device_facts (kind, subject, at, state)",
    people.map((subject) => ["permission", subject, 1, "granted"]),
  );
  await insertRows(
    d1,
    "device_facts (kind, device, subject, branch_id, at)",
    people.map((subject) => ["sign_in", subject, subject, branch, 1]),
  );
};
