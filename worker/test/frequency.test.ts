import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { frequencyFigures, NO_COUNTS } from "../core/analytics/frequency.ts";
import { daysBetween } from "../core/presence/day.ts";
import type { Branch } from "../core/settings/branch.ts";
import { database } from "../store/database.ts";
import { ALL_BRANCHES, countVisitors } from "../store/frequency.ts";
import { cameBefore, countedStays } from "./visitors/slow.ts";
import { BRANCHES, store, world, type World } from "./visitors/world.ts";

const db = database(env.DB);

const within = (value: number, label: string): boolean => {
  const [low = 0, high = label.endsWith("+") ? Infinity : low] = label
    .split("-")
    .map((part) => parseInt(part, 10));
  return value >= low && value <= high;
};
const FREQUENCY = ["1", "2", "3", "4-5", "6-9", "10+"];
const RECENCY = ["0-7", "8-14", "15-30", "31-60", "61-90", "91+"];

const slowFigures = (w: World, branches: readonly Branch[]) => {
  const stays = countedStays(w, branches);
  const subjects = [...new Set(stays.map((stay) => stay.subject))];
  const persons = subjects.map((subject) => {
    const own = stays.filter((stay) => stay.subject === subject);
    const last =
      own
        .map((stay) => stay.day)
        .toSorted()
        .at(-1) ?? w.range.from;
    return {
      visits: own.length,
      days: daysBetween(last, w.range.to),
      before: cameBefore(w, branches, subject),
      branches: new Set(own.map((stay) => stay.branchId)).size,
    };
  });
  const dwells = stays.map((stay) => stay.dwell).toSorted((a, b) => a - b);
  const middle = [
    dwells[Math.floor((dwells.length - 1) / 2)] ?? 0,
    dwells[Math.floor(dwells.length / 2)] ?? 0,
  ];
  const returning = persons.filter((person) => person.before).length;
  return {
    figures: {
      visitors: persons.length,
      visits: stays.length,
      newVisitors: persons.length - returning,
      returningVisitors: returning,
      visitsPerVisitor: persons.length === 0 ? null : Math.round((stays.length / persons.length) * 100) / 100,
      frequency: FREQUENCY.map((visits) => ({
        visits,
        visitors: persons.filter((person) => within(person.visits, visits)).length,
      })),
      recency: RECENCY.map((days) => ({
        days,
        visitors: persons.filter((person) => within(person.days, days)).length,
      })),
      medianDwellMs: stays.length === 0 ? null : Math.round(((middle[0] ?? 0) + (middle[1] ?? 0)) / 2),
    },
    estimated: stays.filter((stay) => stay.estimated).length,
    randomised: stays.filter((stay) => stay.randomised).length,
    several: persons.filter((person) => person.branches > 1).length,
  };
};

const fastFigures = async (w: World) => {
  const { scopes } = await countVisitors(db, w.branches, w.range, "each branch and all");
  return (scope: string) => {
    const counts = scopes.get(scope) ?? NO_COUNTS;
    return {
      figures: frequencyFigures(counts),
      estimated: counts.byVisits.reduce((sum, count) => sum + count.estimatedSum, 0),
      randomised: counts.byVisits.reduce((sum, count) => sum + count.randomisedSum, 0),
      several: counts.atSeveralBranches,
    };
  };
};

describe("frequency of recognised visitors", () => {
  test("equals a slow reference that holds everything in memory", async () => {
    await fc.assert(
      fc.asyncProperty(world, async (w) => {
        await store(env.DB, w);
        const fast = await fastFigures(w);
        for (const branch of w.branches)
          expect(fast(branch.id)).toEqual({ ...slowFigures(w, [branch]), several: 0 });
        expect(fast(ALL_BRANCHES)).toEqual(slowFigures(w, w.branches));
      }),
      { numRuns: 150 },
    );
  });

  test("one branch alone gets the same answer as among all", async () => {
    await fc.assert(
      fc.asyncProperty(world, async (w) => {
        await store(env.DB, w);
        const [hanoi] = BRANCHES;
        if (!hanoi) return;
        const among = await countVisitors(db, w.branches, w.range, "each branch and all");
        const alone = await countVisitors(db, [hanoi], w.range, "each branch");
        expect(alone.scopes.get(hanoi.id)).toEqual(among.scopes.get(hanoi.id));
        expect([...alone.scopes.keys()].filter((scope) => scope !== hanoi.id)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
