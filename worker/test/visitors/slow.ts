// The slow and obvious reference: all rows in memory, no SQL and none of the code under test but the calendar.

import type { BusinessDay } from "../../../schema/ids.ts";
import { boundsOf } from "../../core/presence/day.ts";
import type { Branch } from "../../core/settings/branch.ts";
import type { VisitRow, World } from "./world.ts";

export interface SlowStay {
  branchId: string;
  subject: string;
  day: BusinessDay;
  dwell: number;
  estimated: boolean;
  randomised: boolean;
}

const near = (a: readonly VisitRow[], b: readonly VisitRow[], gapMs: number): boolean =>
  a.some((x) => b.some((y) => x.startedAt - y.endedAt <= gapMs && y.startedAt - x.endedAt <= gapMs));

/** Joins heaps of rows as long as any two of them are near each other. */
const heapsOf = (rows: readonly VisitRow[], gapMs: number): VisitRow[][] => {
  const heaps = rows.map((row) => [row]);
  for (let index = 0; index < heaps.length; index += 1) {
    const heap = heaps[index] ?? [];
    const other = heaps.findIndex((candidate, at) => at > index && near(heap, candidate, gapMs));
    if (other === -1) continue;
    heap.push(...(heaps[other] ?? []));
    heaps.splice(other, 1);
    index = -1;
  }
  return heaps;
};

const toStay = (heap: readonly VisitRow[], { settings }: Branch): SlowStay[] => {
  const [first] = heap;
  if (!first) return [];
  const end = Math.max(...heap.map((row) => row.endedAt));
  const dwell = end - Math.min(...heap.map((row) => row.startedAt));
  const long = heap.length > 1 && dwell >= settings.definitions.minDwellMs;
  if (!long && heap.every((row) => row.counted === 0)) return [];
  const { branchId, subject, day } = first;
  const estimated = heap.filter((row) => row.endedAt === end).every((row) => row.estimated === 1);
  return [
    { branchId, subject, day, dwell, estimated, randomised: heap.every((row) => row.randomised === 1) },
  ];
};

export const standing = ({ permissions }: World, subject: string): boolean => {
  const own = permissions.filter((fact) => fact.subject === subject);
  const last = Math.max(...own.map((fact) => fact.at));
  const latest = own.filter((fact) => fact.at === last);
  return latest.length > 0 && latest.every((fact) => fact.state === "granted");
};

/** Every counted stay of everybody, whatever the range and the permissions. */
export const allStays = ({ branches, visits }: World): SlowStay[] =>
  branches.flatMap((branch) => {
    const own = visits.filter((row) => row.branchId === branch.id);
    const keys = new Set(own.map((row) => `${row.day} ${row.subject}`));
    return [...keys].flatMap((key) => {
      const rows = own.filter((row) => `${row.day} ${row.subject}` === key);
      return heapsOf(rows, branch.settings.definitions.gapMs).flatMap((heap) => toStay(heap, branch));
    });
  });

/** Whether the person had been at any of the branches before the range. */
export const cameBefore = (world: World, branches: readonly Branch[], subject: string): boolean =>
  branches.some(
    ({ id, settings }) =>
      allStays(world).some(
        (stay) => stay.branchId === id && stay.subject === subject && stay.day < world.range.from,
      ) ||
      world.firsts.some(
        (first) =>
          first.branchId === id &&
          first.subject === subject &&
          first.firstAt < boundsOf(world.range.from, settings).start,
      ),
  );

/** Stays that an answer over the branches counts. */
export const countedStays = (world: World, branches: readonly Branch[]): SlowStay[] =>
  allStays(world).filter(
    (stay) =>
      branches.some((branch) => branch.id === stay.branchId) &&
      stay.day >= world.range.from &&
      stay.day <= world.range.to &&
      standing(world, stay.subject),
  );
