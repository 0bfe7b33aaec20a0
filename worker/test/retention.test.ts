import { env } from "cloudflare:workers";
import fc from "fast-check";
import { expect, test } from "vitest";
import { periodOf } from "../core/analytics/range.ts";
import { database } from "../store/database.ts";
import { countRetention } from "../store/retention.ts";
import { cameBefore, countedStays } from "./visitors/slow.ts";
import { store, world } from "./visitors/world.ts";

const db = database(env.DB);

test("retention equals a slow reference that holds everything in memory", async () => {
  await fc.assert(
    fc.asyncProperty(world, fc.constantFrom("week" as const, "month" as const), async (w, by) => {
      await store(env.DB, w);
      const [branch] = w.branches;
      if (!branch) return;
      const stays = countedStays(w, [branch]);
      const expected = new Map<string, Set<string>>();
      for (const { subject } of stays.filter((stay) => !cameBefore(w, [branch], stay.subject))) {
        const days = stays.filter((stay) => stay.subject === subject).map((stay) => stay.day);
        const periods = days.toSorted().map((day) => periodOf(day, by));
        for (const period of periods) {
          const key = `${periods[0] ?? ""} ${period}`;
          expected.set(key, (expected.get(key) ?? new Set<string>()).add(subject));
        }
      }
      const { counts, sums } = await countRetention(db, branch, w.range, by);
      const found = counts.map(({ cohort, period, visitors }) => [`${cohort} ${period}`, visitors] as const);
      expect(new Map(found)).toEqual(new Map([...expected].map(([key, people]) => [key, people.size])));
      expect(found).toHaveLength(expected.size);
      expect(sums).toMatchObject({
        visitSum: stays.length,
        estimatedSum: stays.filter((stay) => stay.estimated).length,
        randomisedSum: stays.filter((stay) => stay.randomised).length,
      });
    }),
    { numRuns: 100 },
  );
});
