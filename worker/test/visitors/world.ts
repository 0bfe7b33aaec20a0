// A small random world of branches, persons with several devices, their visits and what they allow, as rows of D1.

import fc from "fast-check";
import { DEFAULT_DEFINITIONS } from "../../../schema/definitions.ts";
import { DEFAULT_PORTAL } from "../../../schema/portal-settings.ts";
import type { BranchId, BusinessDay } from "../../../schema/ids.ts";
import { DEFAULT_REPORT } from "../../../schema/definitions.ts";
import { addDays, boundsOf } from "../../core/presence/day.ts";
import type { Branch } from "../../core/settings/branch.ts";

export const MINUTE = 60_000;

export interface VisitRow {
  branchId: string;
  day: BusinessDay;
  device: string;
  startedAt: number;
  endedAt: number;
  subject: string;
  counted: 0 | 1;
  estimated: 0 | 1;
  randomised: 0 | 1;
}

export interface World {
  branches: Branch[];
  visits: VisitRow[];
  permissions: { subject: string; at: number; state: "granted" | "withdrawn" }[];
  firsts: { branchId: string; subject: string; firstAt: number }[];
  range: { from: BusinessDay; to: BusinessDay };
}

const branch = (id: string, timezone: string, minutes: { gap: number; minDwell: number }): Branch => ({
  id: id as BranchId,
  name: id,
  createdAt: 0,
  closedAt: null,
  overrides: {},
  report: DEFAULT_REPORT,
  portal: DEFAULT_PORTAL,
  hasDrivenGateway: false,
  starts: "starts not told",
  settings: {
    timezone,
    dayStartHour: 4,
    definitions: {
      ...DEFAULT_DEFINITIONS,
      gapMs: minutes.gap * MINUTE,
      minDwellMs: minutes.minDwell * MINUTE,
    },
    definitionsVersion: "test",
  },
});

export const BRANCHES = [
  branch("hanoi", "Asia/Ho_Chi_Minh", { gap: 15, minDwell: 5 }),
  branch("berlin", "Europe/Berlin", { gap: 10, minDwell: 8 }),
];

/** Around the night in which Berlin's clocks go forward. */
const FIRST_DAY = "2026-03-20" as BusinessDay;
const DAYS = 20;
const SUBJECTS = ["ann", "binh", "chi", "dung"];

const day = fc.integer({ min: 0, max: DAYS - 1 }).map((offset) => addDays(FIRST_DAY, offset));
const subject = fc.constantFrom(...SUBJECTS);
const flag = fc.constantFrom<0 | 1>(0, 1);

const visit = fc
  .record({
    branch: fc.constantFrom(...BRANCHES),
    day,
    subject,
    device: fc.constantFrom("phone", "watch", "laptop"),
    // Few distinct minutes, so that stays meet, touch and tie.
    startMinute: fc.integer({ min: 0, max: 50 }),
    minutes: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 60 })),
    // Short ones that count were signed in; long ones that do not were made under other definitions.
    odd: fc.integer({ min: 0, max: 9 }).map((value) => value === 0),
    estimated: flag,
    randomised: flag,
  })
  .map(({ branch: { id, settings }, startMinute, minutes, odd, ...row }): VisitRow => {
    const startedAt = boundsOf(row.day, settings).start + startMinute * MINUTE;
    const long = minutes * MINUTE >= settings.definitions.minDwellMs;
    return {
      branchId: id,
      day: row.day,
      device: `${row.subject}/${row.device}`,
      startedAt,
      endedAt: startedAt + minutes * MINUTE,
      subject: row.subject,
      counted: long === odd ? 0 : 1,
      estimated: row.estimated,
      randomised: row.randomised,
    };
  });

const keyOf = (row: VisitRow): string => [row.branchId, row.day, row.device, row.startedAt].join("/");

export const world: fc.Arbitrary<World> = fc.record({
  branches: fc.constant(BRANCHES),
  visits: fc.uniqueArray(visit, { maxLength: 40, selector: keyOf }),
  permissions: fc.array(
    fc.record({
      subject,
      at: fc.integer({ min: 1, max: 3 }),
      state: fc.constantFrom("granted" as const, "granted" as const, "withdrawn" as const),
    }),
    { maxLength: 8 },
  ),
  firsts: fc.uniqueArray(
    fc.record({
      branchId: fc.constantFrom("hanoi", "berlin"),
      subject,
      firstAt: day.map((value) => Date.parse(`${value}T04:00:00Z`)),
    }),
    { maxLength: 2, selector: (row) => `${row.branchId}/${row.subject}` },
  ),
  range: fc.tuple(day, day).map(([a, b]) => (a <= b ? { from: a, to: b } : { from: b, to: a })),
});

const rowsOf = (rows: readonly (string | number | null)[][]): string => JSON.stringify(rows);
const columns = (count: number): string =>
  Array.from({ length: count }, (_, index) => `value ->> '$[${index}]'`).join(", ");

/** Replaces what the tables hold by the world. */
export const store = async (db: D1Database, { visits, permissions, firsts }: World): Promise<void> => {
  const fill = (into: string, count: number, rows: (string | number | null)[][]): D1PreparedStatement =>
    db.prepare(`INSERT INTO ${into} SELECT ${columns(count)} FROM json_each(?)`).bind(rowsOf(rows));
  await db.batch([
    ...["visits", "device_facts", "visitor_firsts"].map((table) => db.prepare(`DELETE FROM ${table}`)),
    fill(
      "visits",
      11,
      visits.map((v) => [
        v.branchId,
        v.day,
        v.device,
        v.startedAt,
        v.endedAt,
        v.subject,
        v.counted,
        v.estimated,
        0,
        v.randomised,
        "test",
      ]),
    ),
    fill(
      "device_facts (kind, subject, at, state)",
      4,
      permissions.map((p) => ["permission", p.subject, p.at, p.state]),
    ),
    fill(
      "visitor_firsts",
      3,
      firsts.map((f) => [f.branchId, f.subject, f.firstAt]),
    ),
  ]);
};
