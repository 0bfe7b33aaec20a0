// Made-up but lifelike answers of the public API for working on the pages: three branches with a rhythm of
// weekdays and hours. The same question always gets the same answer.
import { DWELL_EDGES_MINUTES } from "../../schema/definitions.ts";
import type {
  Branch,
  BrandFrequency,
  FootfallRow,
  Frequency,
  Quality,
  Retention,
} from "../client/model/api-shapes.ts";
import { addDays, daysBetween, weekdayOf } from "../client/model/dates.ts";

const DAY_START = 4;
const OFFSET = "+07:00";
const zone = { timezone: "Asia/Ho_Chi_Minh", dayStartHour: DAY_START };

export const BRANCHES: (Branch & { size: number })[] = [
  { id: "br_quan1", name: "Quận 1", size: 210, ...zone },
  { id: "br_danang", name: "Đà Nẵng", size: 130, ...zone },
  { id: "br_cantho", name: "Cần Thơ", size: 84, ...zone },
];

const WEEKDAY = [0.78, 0.8, 0.86, 0.92, 1.18, 1.5, 1.36];
const HOUR = [
  0, 0, 0, 0, 0, 0, 0.3, 1.6, 2.6, 2.2, 1.9, 2.8, 3.2, 2, 1.6, 1.9, 2.3, 3.1, 4.2, 4.6, 3.6, 2, 0.7, 0.15,
];
const HOUR_SUM = HOUR.reduce((sum, weight) => sum + weight, 0);

/** A fixed number in 0.85 to 1.15 for a key. */
function jitter(key: string): number {
  let hash = 2166136261;
  for (let index = 0; index < key.length; index += 1)
    hash = Math.imul(hash ^ key.charCodeAt(index), 16777619);
  return 0.85 + ((hash >>> 8) % 1000) / 3333;
}

function quality(now: number): Quality {
  const freshAt = new Date(now + 7 * 3_600_000).toISOString().replace("Z", OFFSET);
  return {
    definitions: "2026-1+5f3a",
    randomisedShare: 0.62,
    estimatedShare: 0.11,
    recognisedShare: 0.27,
    freshAt,
  };
}

function row(at: string, visits: number): FootfallRow {
  const passers = Math.round(visits * 0.42 * jitter(`${at}p`));
  const histogram = [0, ...DWELL_EDGES_MINUTES].map((minutes) => ({
    fromMs: minutes * 60_000,
    visits: Math.round(visits * 0.24 * Math.exp(-((Math.log((minutes + 0.1) / 24) / 0.75) ** 2))),
  }));
  const dwell = { medianMs: 26 * 60_000, p90Ms: 74 * 60_000, histogram };
  return {
    at,
    arrivals: visits + passers,
    visits,
    passers,
    devices: visits,
    peakOccupancy: Math.round(visits / 5),
    dwell,
  };
}

export function footfall(
  branch: { id: string; size: number },
  from: string,
  to: string,
  interval: string,
  now: number,
) {
  const nowLocal = new Date(now + 7 * 3_600_000).toISOString();
  const rows: FootfallRow[] = [];
  for (const day of daysBetween(from, to)) {
    const hours = Array.from({ length: 24 }, (_, index) => (index + DAY_START) % 24);
    const weight = (WEEKDAY[weekdayOf(day)] ?? 1) * branch.size * jitter(branch.id + day);
    const hourly = hours.map((hour) => {
      const at = `${hour < DAY_START ? addDays(day, 1) : day}T${String(hour).padStart(2, "0")}:00:00${OFFSET}`;
      if (at.slice(0, 13) > nowLocal.slice(0, 13)) return row(at, 0);
      return row(at, Math.round((weight * (HOUR[hour] ?? 0) * jitter(branch.id + at)) / HOUR_SUM));
    });
    if (interval === "hour") rows.push(...hourly);
    else
      rows.push(
        row(
          `${day}T04:00:00${OFFSET}`,
          hourly.reduce((sum, item) => sum + item.visits, 0),
        ),
      );
  }
  if (interval === "hour" || interval === "day") return { data: rows, quality: quality(now) };
  const size = interval === "week" ? 7 : 30;
  const data = rows.flatMap((first, index) =>
    index % size === 0
      ? [
          row(
            first.at,
            rows.slice(index, index + size).reduce((sum, item) => sum + item.visits, 0),
          ),
        ]
      : [],
  );
  return { data, quality: quality(now) };
}

export function frequency(
  branch: { id: string; size: number },
  from: string,
  to: string,
  now: number,
): Frequency {
  const span = daysBetween(from, to).length;
  const scale = branch.size * Math.min(span, 60) * 0.09 * jitter(branch.id + from);
  const counts = [0.46, 0.22, 0.12, 0.11, 0.06, 0.03].map((share) => Math.round(share * scale));
  const names = ["1", "2", "3", "4-5", "6-9", "10+"];
  const average = [1, 2, 3, 4.4, 7.2, 13];
  const visitors = counts.reduce((sum, count) => sum + count, 0);
  const newVisitors = Math.round(visitors * 0.38);
  return {
    visitors,
    visits: Math.round(counts.reduce((sum, count, index) => sum + count * (average[index] ?? 0), 0)),
    newVisitors,
    returningVisitors: visitors - newVisitors,
    frequency: names.map((visits, index) => ({ visits, visitors: counts[index] ?? 0 })),
    recency: ["0-7", "8-14", "15-30", "31-60", "61-90", "91+"].map((days, index) => ({
      days,
      visitors: Math.round(visitors * ([0.47, 0.25, 0.16, 0.08, 0.03, 0.01][index] ?? 0)),
    })),
    medianDwellMs: 31 * 60_000,
    quality: quality(now),
  };
}

export function brandFrequency(from: string, to: string, now: number): BrandFrequency {
  const rows = BRANCHES.map((branch) => ({ branch, answer: frequency(branch, from, to, now) }));
  const whole = frequency({ id: "all", size: 390 }, from, to, now);
  const branches = rows.map(({ branch, answer }) => ({
    branchId: branch.id,
    name: branch.name,
    visitors: answer.visitors,
    visits: answer.visits,
    newVisitors: answer.newVisitors,
    returningVisitors: answer.returningVisitors,
    medianDwellMs: answer.medianDwellMs,
  }));
  return { ...whole, branches };
}

export function retention(branch: { id: string; size: number }, from: string, to: string): Retention {
  const monday = addDays(from, (7 - weekdayOf(from)) % 7);
  const cohorts = daysBetween(monday, to).filter((_, index) => index % 7 === 0);
  const data = cohorts.map((cohort, index) => {
    const visitors = Math.round(branch.size * 0.4 * jitter(branch.id + cohort));
    const periods = Array.from({ length: cohorts.length - index }, (_, offset) => {
      const kept = offset === 0 ? 1 : 0.45 * 0.86 ** offset * jitter(`${cohort}${offset}`);
      const count = Math.round(visitors * kept);
      const share = visitors === 0 ? null : count / visitors;
      return { offset, visitors: count, share, complete: addDays(cohort, offset * 7 + 6) < to };
    });
    return { cohort, visitors, periods };
  });
  return { data };
}
