// Counts who of the persons first seen in each period came again in which later one.

import { type SQL, sql } from "drizzle-orm";
import type { DayRange, Period } from "../core/analytics/range.ts";
import type { RetentionCount } from "../core/analytics/retention.ts";
import type { VisitSums } from "../core/analytics/visitor-quality.ts";
import type { Branch } from "../core/settings/branch.ts";
import type { Database } from "./database.ts";
import {
  type QualitySources,
  qualitySources,
  totalsStatement,
  versionsStatement,
} from "./quality-sources.ts";
import { staysOfPersons } from "./visitor-stays.ts";

export type RetentionCounts = { counts: RetentionCount[]; sums: VisitSums } & QualitySources;

/** SQLite's own calendar: the Sunday at or after the day, less six days, is its Monday. */
const periodStart = (day: SQL, period: Period): SQL =>
  period === "week" ? sql`date(${day}, 'weekday 0', '-6 days')` : sql`substr(${day}, 1, 8) || '01'`;

/** `visitors` of each cohort and period; in the one row without a cohort, the sums over all counted visits. */
const query = (branch: Branch, range: DayRange, by: Period): SQL => sql`
  WITH ${staysOfPersons([branch], range)},
  seen AS (
    SELECT DISTINCT p.subject, ${periodStart(sql`p.first_day`, by)} AS cohort,
      ${periodStart(sql`s.day`, by)} AS period
    FROM person p JOIN stay s ON s.subject = p.subject WHERE p.standing AND NOT p.before)
  SELECT cohort, period, count(*) AS visitors, 0 AS visitSum, 0 AS estimatedSum, 0 AS randomisedSum
  FROM seen GROUP BY cohort, period
  UNION ALL
  SELECT NULL, NULL, 0, coalesce(sum(visits), 0), coalesce(sum(estimated), 0), coalesce(sum(randomised), 0)
  FROM person WHERE standing`;

type Row = (RetentionCount | { cohort: null }) & VisitSums;

const NOTHING: VisitSums = { visitSum: 0, estimatedSum: 0, randomisedSum: 0 };

export const countRetention = async (
  db: Database,
  branch: Branch,
  range: DayRange,
  by: Period,
): Promise<RetentionCounts> => {
  const [rows, versions, totals] = await Promise.all([
    db.all<Row>(query(branch, range, by)),
    versionsStatement(db, [branch.id], range),
    totalsStatement(db, [branch.id], range),
  ]);
  return {
    counts: rows.flatMap((row) =>
      row.cohort === null ? [] : { cohort: row.cohort, period: row.period, visitors: row.visitors },
    ),
    sums: rows.find((row) => row.cohort === null) ?? NOTHING,
    ...qualitySources(versions, totals),
  };
};
