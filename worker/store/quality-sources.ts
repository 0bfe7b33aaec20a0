// What the quality of an answer on recognised visitors is made of: the definitions of the visits, and the totals
// of the footfall of the same days.

import { and, between, sql } from "drizzle-orm";
import type { BranchId } from "../../schema/ids.ts";
import { footfallDays, visits } from "../../schema/tables.ts";
import type { DayRange } from "../core/analytics/range.ts";
import type { FootfallTotals } from "../core/analytics/visitor-quality.ts";
import type { Database } from "./database.ts";

/** By branch id; a branch without data is absent. */
export interface QualitySources {
  definitions: Map<string, string[]>;
  footfall: Map<string, FootfallTotals>;
}

interface Version {
  branchId: string;
  definitions: string;
}

/** Each version under which visits of the range were made. */
export const versionsStatement = (db: Database, ids: readonly BranchId[], range: DayRange) =>
  db.all<Version>(sql`
    SELECT DISTINCT branch_id AS branchId, definitions FROM ${visits}
    WHERE branch_id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))
      AND day BETWEEN ${range.from} AND ${range.to}`);

/** Totals of each branch and definitions version that has data. */
export const totalsStatement = (db: Database, ids: readonly BranchId[], range: DayRange) =>
  db
    .select({
      branchId: footfallDays.branchId,
      definitions: footfallDays.definitions,
      freshAt: sql<number>`max(${footfallDays.at})`,
      visits: sql<number>`sum((SELECT sum(value ->> 'visits') FROM json_each(${footfallDays.counts}, '$.hours')))`,
      recognisedVisits: sql<number>`sum((
        SELECT sum(value ->> 'recognisedVisits') FROM json_each(${footfallDays.counts}, '$.hours')))`,
    })
    .from(footfallDays)
    .where(
      and(
        sql`${footfallDays.branchId} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
        between(footfallDays.day, range.from, range.to),
      ),
    )
    .groupBy(footfallDays.branchId, footfallDays.definitions);

type TotalsRow = Awaited<ReturnType<typeof totalsStatement>>[number];

export const qualitySources = (versions: readonly Version[], rows: readonly TotalsRow[]): QualitySources => {
  const footfall = new Map<string, FootfallTotals>();
  for (const row of rows) {
    const known = footfall.get(row.branchId);
    footfall.set(row.branchId, {
      visits: (known?.visits ?? 0) + (row.visits ?? 0),
      recognisedVisits: (known?.recognisedVisits ?? 0) + (row.recognisedVisits ?? 0),
      definitions: [...(known?.definitions ?? []), row.definitions],
      freshAt: Math.max(known?.freshAt ?? 0, row.freshAt),
    });
  }
  const definitions = new Map<string, string[]>();
  for (const version of versions) {
    definitions.set(version.branchId, [...(definitions.get(version.branchId) ?? []), version.definitions]);
  }
  return { definitions, footfall };
};
