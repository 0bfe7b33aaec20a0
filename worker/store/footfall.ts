// Reads the stored footfall of a branch.

import { and, asc, between, eq } from "drizzle-orm";
import type { BranchId, BusinessDay } from "../../schema/ids.ts";
import { footfallDays } from "../../schema/tables.ts";
import type { StoredDay } from "../core/analytics/footfall.ts";
import type { DayRange } from "../core/analytics/range.ts";
import type { DayCounts } from "../core/presence/footfall.ts";
import type { Database } from "./database.ts";

/** One row a business day, at most 400 (the range's limit). */
export const footfallOf = async (db: Database, branchId: BranchId, range: DayRange): Promise<StoredDay[]> => {
  const rows = await db
    .select({
      day: footfallDays.day,
      definitions: footfallDays.definitions,
      at: footfallDays.at,
      counts: footfallDays.counts,
    })
    .from(footfallDays)
    .where(and(eq(footfallDays.branchId, branchId), between(footfallDays.day, range.from, range.to)))
    .orderBy(asc(footfallDays.day));
  // The counts were parsed when they came from the queue; parsing 400 days again would cost more than reading them.
  return rows.map((row) => ({
    day: row.day as BusinessDay,
    definitions: row.definitions,
    at: row.at,
    counts: JSON.parse(row.counts) as DayCounts,
  }));
};
