// What the quality of an answer on recognised visitors is made of: the definitions of the visits, and the totals
// of the footfall of the same days.

import { sql } from "drizzle-orm";
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

interface Totals {
  branchId: string;
  definitions: string;
  freshAt: number;
  visits: number;
  recognisedVisits: number;
}

/** Totals of each branch and definitions version that has data. */
export const totalsStatement = (db: Database, ids: readonly BranchId[], range: DayRange) =>
  db.all<Totals>(sql`
    SELECT d.branch_id AS branchId, d.definitions, max(d.at) AS freshAt,
      coalesce(sum(h.value ->> 'visits'), 0) AS visits,
      coalesce(sum(h.value ->> 'recognisedVisits'), 0) AS recognisedVisits
    FROM ${footfallDays} d LEFT JOIN json_each(d.counts, '$.hours') h
    WHERE d.branch_id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))
      AND d.day BETWEEN ${range.from} AND ${range.to}
    GROUP BY d.branch_id, d.definitions`);

export const qualitySources = (versions: readonly Version[], rows: readonly Totals[]): QualitySources => {
  const footfall = new Map<string, FootfallTotals>();
  for (const row of rows) {
    const known = footfall.get(row.branchId);
    footfall.set(row.branchId, {
      visits: (known?.visits ?? 0) + row.visits,
      recognisedVisits: (known?.recognisedVisits ?? 0) + row.recognisedVisits,
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

/** For answers whose own statement is not of visits alone. */
export const readQualitySources = async (
  db: Database,
  ids: readonly BranchId[],
  range: DayRange,
): Promise<QualitySources> => {
  const [versions, totals] = await Promise.all([
    versionsStatement(db, ids, range),
    totalsStatement(db, ids, range),
  ]);
  return qualitySources(versions, totals);
};
