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

/** Whether a visit before and one after are the same: those of one device and person never overlap. */
const isSame = sql.raw(`o.branch_id = f.branch_id AND o.day = f.day AND o.device = f.device
  AND o.subject = f.subject AND o.started_at <= f.ended_at AND o.ended_at >= f.started_at`);

/** One that was found to have begun earlier is told as amended and not as another one. Passers are not told. */
const tellings = ({ sets, visits: stored }: NewSets, now: number): SQL => sql`
  WITH f AS MATERIALIZED (SELECT * FROM (SELECT ${columns} FROM ${stored}) WHERE counted = 1)
  SELECT f.subject AS key, iif(o.subject IS NULL, 'visit.completed', 'visit.amended') AS type,
    iif(o.subject IS NULL, json_object(${facts("f")}),
      json_object(${facts("f")}, 'was', json_object('startedAt', o.started_at, 'endedAt', o.ended_at))) AS data,
    ${now} AS at
  FROM f LEFT JOIN ${visits} o ON o.counted = 1 AND ${isSame}
  WHERE (f.started_at, f.ended_at, f.estimated) IS NOT (o.started_at, o.ended_at, o.estimated)
  UNION ALL
  SELECT o.subject, 'visit.amended', json_object(${facts("o")}, 'removed', json('true')), ${now}
  FROM ${visits} o WHERE o.counted = 1
    AND (o.branch_id, o.day, o.device) IN (SELECT value ->> '$[0]', value ->> '$[1]', value ->> '$[2]' FROM ${sets})
    AND NOT EXISTS (SELECT 1 FROM f WHERE ${isSame})`;

export const tellVisits = (news: NewSets, now: number): SQL[] => [
  logChanges(tellings(news, now)),
  touchProfiles(sql`SELECT key FROM (${tellings(news, now)})`, now),
];
