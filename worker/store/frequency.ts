// Counts recognised visitors by number of visits, by branch and over all of them, in one statement.

import { type SQL, sql } from "drizzle-orm";
import { visitorFirsts, visits } from "../../schema/tables.ts";
import { MOST_DAYS, MOST_VISITS } from "../core/analytics/buckets.ts";
import type { FrequencyCounts } from "../core/analytics/frequency.ts";
import type { DayRange } from "../core/analytics/range.ts";
import type { Branch } from "../core/settings/branch.ts";
import type { Database } from "./database.ts";
import {
  type QualitySources,
  qualitySources,
  totalsStatement,
  versionsStatement,
} from "./quality-sources.ts";
import { LATEST_START, staysOfPersons } from "./visitor-stays.ts";

/** The scope of persons counted over all branches; no branch has this id. */
export const ALL_BRANCHES = "*";

export type VisitorCounts = {
  /** By branch id, and under ALL_BRANCHES when that was asked for; a scope without visitors is absent. */
  scopes: Map<string, FrequencyCounts>;
} & QualitySources;

/** Whether persons are also counted over all branches. */
export type Over = "each branch" | "each branch and all";

/** Returned columns differ in meaning by `part`. */
interface Row {
  scope: string;
  part: "visits" | "days" | "dwell" | "several";
  key: number;
  visitors: number;
  returners: number;
  visitSum: number;
  estimatedSum: number;
  randomisedSum: number;
}

/** A person is new to the brand when no branch was visited before the window, visited in it or not. */
const ofBrand = (from: string): SQL => sql`
  SELECT p.scope, p.branches, p.visits, p.last_day, p.estimated, p.randomised, p.before_here
    OR EXISTS (SELECT 1 FROM joined_before j WHERE j.subject = p.subject)
    OR EXISTS (SELECT 1 FROM ${visits} o INDEXED BY visits_subject
      WHERE o.subject = p.subject AND o.started_at < ${LATEST_START} AND o.day < ${from}
        AND o.counted = 1 AND o.branch_id IN (SELECT id FROM branch))
    OR EXISTS (SELECT 1 FROM branch b CROSS JOIN ${visitorFirsts} f ON f.branch_id = b.id AND f.subject = p.subject
      WHERE f.first_at < b.starts_at) AS before
  FROM (SELECT ${ALL_BRANCHES} AS scope, subject, count(*) AS branches, sum(visits) AS visits,
      max(last_day) AS last_day, sum(estimated) AS estimated, sum(randomised) AS randomised,
      max(before) AS before_here
    FROM person WHERE standing GROUP BY subject) p`;

/** \`scoped\` has one row a scope and person, \`dwells\` one a scope and stay. */
const scopes = (from: string, over: Over): SQL => {
  const people = sql`SELECT branch_id AS scope, 1 AS branches, visits, last_day, estimated, randomised, before
    FROM person WHERE standing`;
  const stays = (scope: SQL): SQL =>
    sql`SELECT ${scope} AS scope, dwell FROM stay WHERE subject NOT IN (SELECT subject FROM person WHERE NOT standing)`;
  if (over === "each branch")
    return sql`scoped AS MATERIALIZED (${people}), dwells AS (${stays(sql`branch_id`)})`;
  return sql`scoped AS MATERIALIZED (${people} UNION ALL ${ofBrand(from)}),
    dwells AS (${stays(sql`branch_id`)} UNION ALL ${stays(sql`${ALL_BRANCHES}`)})`;
};

/** Of an even number of stays the two in the middle are averaged. D1 allows five terms in one compound. */
export const frequencyQuery = (branches: readonly Branch[], range: DayRange, over: Over): SQL => sql`
  WITH ${staysOfPersons(branches, range)}, ${scopes(range.from, over)}
  SELECT scope, 'visits' AS part, min(visits, ${MOST_VISITS}) AS key, count(*) AS visitors,
    sum(before) AS returners, sum(visits) AS visitSum, sum(estimated) AS estimatedSum,
    sum(randomised) AS randomisedSum
  FROM scoped GROUP BY 1, 3
  UNION ALL
  SELECT scope, 'days', min(CAST(julianday(${range.to}) - julianday(last_day) AS INTEGER), ${MOST_DAYS}), count(*),
    0, 0, 0, 0
  FROM scoped GROUP BY 1, 3
  UNION ALL
  SELECT scope, 'several', 0, count(*), 0, 0, 0, 0 FROM scoped WHERE branches > 1 GROUP BY 1
  UNION ALL
  SELECT scope, 'dwell', CAST(round(avg(dwell)) AS INTEGER), 0, 0, 0, 0, 0
  FROM (SELECT d.scope, d.dwell, row_number() OVER (PARTITION BY d.scope ORDER BY d.dwell) AS place
      FROM dwells d)
  JOIN (SELECT scope AS whole, sum(visits) AS stays FROM scoped GROUP BY scope) ON whole = scope
  WHERE place IN ((stays + 1) / 2, (stays + 2) / 2) GROUP BY 1`;

const toCounts = (rows: readonly Row[]): FrequencyCounts => ({
  byVisits: rows
    .filter((row) => row.part === "visits")
    .map((row) => ({ ...row, visits: row.key, returning: row.returners })),
  byDaysAgo: rows
    .filter((row) => row.part === "days")
    .map((row) => ({ days: row.key, visitors: row.visitors })),
  medianDwellMs: rows.find((row) => row.part === "dwell")?.key ?? null,
  atSeveralBranches: rows.find((row) => row.part === "several")?.visitors ?? 0,
});

export const countVisitors = async (
  db: Database,
  branches: readonly Branch[],
  range: DayRange,
  over: Over,
): Promise<VisitorCounts> => {
  const ids = branches.map((branch) => branch.id);
  const [rows, versions, totals] = await Promise.all([
    db.all<Row>(frequencyQuery(branches, range, over)),
    versionsStatement(db, ids, range),
    totalsStatement(db, ids, range),
  ]);
  return {
    scopes: new Map([...Map.groupBy(rows, (row) => row.scope)].map(([scope, own]) => [scope, toCounts(own)])),
    ...qualitySources(versions, totals),
  };
};
