// The SQL shared by the answers on recognised visitors, as named parts of one WITH: from rows of single devices to
// the stays of persons (the union over their devices), who of them stand, and who had been there before.
// It stays in the database, so that what travels is a few rows however many visits there are.

import { type SQL, sql } from "drizzle-orm";
import type { DayRange } from "../core/analytics/range.ts";
import { boundsOf } from "../core/presence/day.ts";
import type { Branch } from "../core/settings/branch.ts";
import { deviceFacts, visitorFirsts, visits } from "../../schema/tables.ts";

/** Branches of the answer: definitions in force, and when the window begins at each. */
const branchRows = (branches: readonly Branch[], { from }: DayRange): string =>
  JSON.stringify(
    branches.map(({ id, settings }) => [
      id,
      settings.definitions.gapMs,
      settings.definitions.minDwellMs,
      boundsOf(from, settings).start,
    ]),
  );

/** Only what the islands need: every column more is sorted twice. */
const columns = (table: "v" | "o"): SQL =>
  sql.raw(
    ["branch_id", "day", "subject", "device", "started_at", "ended_at", "counted", "estimated", "randomised"]
      .map((name) => `${table}.${name}`)
      .join(", "),
  );

/**
 * Gaps and islands over `rows` (branch_id, day, subject, started_at, ended_at, counted, gap, min_dwell, …): rows of
 * one person and business day at most `gap` apart are one island.
 */
const islands = (rows: SQL): SQL => sql`
  SELECT *, sum(fresh) OVER (PARTITION BY branch_id, day, subject ORDER BY started_at, ended_at, device
    ROWS UNBOUNDED PRECEDING) AS island
  FROM (SELECT *, coalesce(started_at - max(ended_at) OVER (
      PARTITION BY branch_id, day, subject ORDER BY started_at, ended_at, device
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) > gap, 1) AS fresh
    FROM (${rows}))`;

/** What one device's visit counted as stays; a union also counts when it is long enough: two passers can make a visit. */
const COUNTS = sql.raw(
  "max(counted) = 1 OR (count(*) > 1 AND max(ended_at) - min(started_at) >= min(min_dwell))",
);
/** The end was seen when a source saw the last device leave. */
const ESTIMATED = sql.raw("coalesce(max(CASE estimated WHEN 0 THEN ended_at END), -1) < max(ended_at)");

/** Before every fact. */
const NEVER = sql.raw("-1e18");
/** The index on visits is by subject and time: without a bound in time it would be read to its end. */
export const LATEST_START = sql.raw("(SELECT max(starts_at) FROM branch)");

/**
 * `branch`, `stay` (counted stays of persons), `person` (one row a branch and person: visits, last_day, first_day,
 * standing, before) as the parts of a WITH. Only persons with `standing` may be counted (invariant 7); `before`
 * says that the first counted visit ever at that branch lies before the window.
 */
export const staysOfPersons = (branches: readonly Branch[], range: DayRange): SQL => sql`
  branch(id, gap, min_dwell, starts_at) AS MATERIALIZED (
    SELECT value ->> '$[0]', value ->> '$[1]', value ->> '$[2]', value ->> '$[3]'
    FROM json_each(${branchRows(branches, range)})),
  -- Most persons have one row a day; only the others need the window functions.
  person_day AS MATERIALIZED (
    SELECT branch_id, day, subject, count(*) AS devices, min(started_at) AS first_start,
      max(started_at) AS last_start, max(ended_at) AS ended_at, max(counted) AS counted,
      max(estimated) AS estimated, max(randomised) AS randomised
    FROM ${visits} WHERE branch_id IN (SELECT id FROM branch) AND day BETWEEN ${range.from} AND ${range.to}
    GROUP BY subject, day, branch_id),
  stay AS MATERIALIZED (
    SELECT branch_id, day, subject, ended_at - first_start AS dwell, estimated, randomised
    FROM person_day WHERE devices = 1 AND counted = 1
    UNION ALL
    SELECT branch_id, day, subject, max(ended_at) - min(started_at), ${ESTIMATED}, min(randomised)
    FROM (${islands(sql`
      SELECT ${columns("v")}, b.gap, b.min_dwell FROM person_day d CROSS JOIN branch b ON b.id = d.branch_id
      CROSS JOIN ${visits} v INDEXED BY visits_subject ON v.subject = d.subject
        AND v.started_at BETWEEN d.first_start AND d.last_start AND v.branch_id = d.branch_id AND v.day = d.day
      WHERE d.devices > 1`)})
    GROUP BY branch_id, day, subject, island HAVING ${COUNTS}),
  visitor AS MATERIALIZED (
    SELECT branch_id, subject, count(*) AS visits, min(day) AS first_day, max(day) AS last_day,
      sum(estimated) AS estimated, sum(randomised) AS randomised
    FROM stay GROUP BY subject, branch_id),
  known AS MATERIALIZED (
    SELECT v.*, coalesce((SELECT max(CASE f.state WHEN 'granted' THEN f.at END)
          > max(CASE f.state WHEN 'granted' THEN ${NEVER} ELSE f.at END)
        FROM ${deviceFacts} f WHERE f.subject = v.subject AND f.kind = 'permission'), 0) AS standing,
      EXISTS (SELECT 1 FROM ${visits} o INDEXED BY visits_subject WHERE o.subject = v.subject
        AND o.started_at < b.starts_at AND o.branch_id = v.branch_id AND o.day < ${range.from} AND o.counted = 1)
      OR EXISTS (SELECT 1 FROM ${visitorFirsts} f WHERE f.branch_id = v.branch_id AND f.subject = v.subject
        AND f.first_at < b.starts_at) AS before
    FROM visitor v CROSS JOIN branch b ON b.id = v.branch_id),
  -- Visits before the window that only the union of several devices makes, of those who have no other.
  joined_before AS MATERIALIZED (
    SELECT DISTINCT branch_id, subject
    FROM (${islands(sql`
      SELECT ${columns("o")}, b.gap, b.min_dwell
      FROM (SELECT DISTINCT subject FROM known WHERE standing AND NOT before) k
      CROSS JOIN ${visits} o INDEXED BY visits_subject ON o.subject = k.subject
        AND o.started_at < ${LATEST_START} AND o.day < ${range.from}
      CROSS JOIN branch b ON b.id = o.branch_id`)})
    GROUP BY branch_id, day, subject, island HAVING ${COUNTS}),
  person AS MATERIALIZED (
    SELECT branch_id, subject, visits, first_day, last_day, estimated, randomised, standing,
      before OR (branch_id, subject) IN (SELECT branch_id, subject FROM joined_before) AS before
    FROM known)`;

/** The start of each stay of one branch that counts, of the visits that the condition picks. */
export const countedStarts = ({ settings }: Branch, condition: SQL): SQL => sql`
  SELECT branch_id, subject, min(started_at) AS started_at
  FROM (${islands(sql`
    SELECT ${columns("v")}, ${settings.definitions.gapMs} AS gap, ${settings.definitions.minDwellMs} AS min_dwell
    FROM ${visits} v WHERE ${condition}`)})
  GROUP BY branch_id, day, subject, island HAVING ${COUNTS}`;
