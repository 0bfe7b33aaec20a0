// What a new revision of visit sets means for the profiles of those who came: `visit.completed` for each visit that was
// not told before, `visit.amended` for one that is different now or gone. Stands in the batch before the rows change.

import { type SQL, sql } from "drizzle-orm";
import { visits } from "../../schema/tables.ts";
import { logChanges, touchProfiles } from "./change-log.ts";

export interface NewSets {
  /** Rows of json_each with (branch, day, device), which are replaced. */
  readonly sets: SQL;
  /** Rows of json_each as visit-sets.ts makes them, which are stored. */
  readonly visits: SQL;
}

const COLUMNS = ["branch_id", "day", "device", "started_at", "ended_at", "subject", "counted", "estimated"];

const columns = sql.raw(COLUMNS.map((name, index) => `value ->> '$[${index}]' AS ${name}`).join(", "));

const facts = (of: "f" | "o"): SQL =>
  sql.raw(`'branchId', ${of}.branch_id, 'day', ${of}.day, 'startedAt', ${of}.started_at, 'endedAt', ${of}.ended_at,
    'estimated', json(iif(${of}.estimated, 'true', 'false'))`);

/**
 * Visits of one device and person never overlap, so two that do are the same one, before and after: one that was found
 * to have begun earlier is told as amended and not as another one. Passers are not told.
 */
const tellings = ({ sets, visits: stored }: NewSets, now: number): SQL => sql`
  WITH f AS MATERIALIZED (SELECT * FROM (SELECT ${columns} FROM ${stored}) WHERE counted = 1),
  o AS MATERIALIZED (SELECT v.* FROM ${visits} v WHERE v.counted = 1 AND (v.branch_id, v.day, v.device) IN (
    SELECT value ->> '$[0]', value ->> '$[1]', value ->> '$[2]' FROM ${sets}))
  SELECT coalesce(f.subject, o.subject) AS key,
    iif(o.subject IS NULL, 'visit.completed', 'visit.amended') AS type,
    CASE WHEN o.subject IS NULL THEN json_object(${facts("f")})
      WHEN f.subject IS NULL THEN json_object(${facts("o")}, 'removed', json('true'))
      ELSE json_object(${facts("f")}, 'was', json_object('startedAt', o.started_at, 'endedAt', o.ended_at))
    END AS data, ${now} AS at
  FROM f FULL JOIN o ON f.branch_id = o.branch_id AND f.day = o.day AND f.device = o.device
    AND f.subject = o.subject AND f.started_at <= o.ended_at AND o.started_at <= f.ended_at
  WHERE (f.started_at, f.ended_at, f.estimated) IS NOT (o.started_at, o.ended_at, o.estimated)`;

export const tellVisits = (news: NewSets, now: number): SQL[] => [
  logChanges(tellings(news, now)),
  touchProfiles(sql`SELECT key FROM (${tellings(news, now)})`, now),
];
