// What the clean-up keeps of visits is what frequency needs to tell new from returning: the same persons a slow
// reference counts, and the day of their first visit.

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { expect, test } from "vitest";
import { boundsOf, dayOf } from "../core/presence/day.ts";
import { database } from "../store/database.ts";
import { removeOldVisits } from "../store/retention-job.ts";
import { allStays } from "./visitors/slow.ts";
import { BRANCHES, store, world } from "./visitors/world.ts";

const db = database(env.DB);
/** Long after every day of the world. */
const NOW = boundsOf("2028-01-01" as Parameters<typeof boundsOf>[0], {
  timezone: "UTC",
  dayStartHour: 4,
}).start;

test("everybody whom frequency counted keeps the day of the first visit, and nobody else is kept", async () => {
  await fc.assert(
    fc.asyncProperty(world, async (w) => {
      await store(env.DB, { ...w, firsts: [] });
      for (const branch of BRANCHES) {
        while ((await removeOldVisits(db, branch, NOW)) === "more");
      }
      const { results } = await env.DB.prepare(
        "SELECT branch_id AS branchId, subject, first_at AS firstAt FROM visitor_firsts",
      ).all<{ branchId: string; subject: string; firstAt: number }>();
      const found = results.map(({ branchId, subject, firstAt }) => {
        const branch = BRANCHES.find(({ id }) => id === branchId);
        return [`${branchId} ${subject}`, branch ? dayOf(firstAt, branch.settings).day : null] as const;
      });
      const days = Map.groupBy(allStays(w), (stay) => `${stay.branchId} ${stay.subject}`);
      const expected = [...days].map(
        ([key, stays]) => [key, stays.map((stay) => stay.day).toSorted()[0]] as const,
      );
      expect(new Map(found)).toEqual(new Map(expected));
    }),
    { numRuns: 100 },
  );
});
