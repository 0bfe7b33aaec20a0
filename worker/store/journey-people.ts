// The SQL of journeys, first part: what was converted in the period and whose it is. As named parts of one WITH, so that
// what travels is a few rows however many people there are.

import { type SQL, sql } from "drizzle-orm";
import { assignments, blockedValues, orders } from "../../schema/tables-identity.ts";
import { consents } from "../../schema/tables-people.ts";
import { restrictions } from "../../schema/tables-rights.ts";
import { visits } from "../../schema/tables.ts";
import type { JourneyPeriod } from "../core/journeys/period.ts";
import { statusNow, worthNow } from "./order-worth.ts";

/** Nobody is counted under a value that says nothing about anyone, nor who asked that the data not be used. */
export const isCounted = (key: SQL, anchor: SQL): SQL =>
  sql`${key} NOT IN (SELECT key FROM ${blockedValues}) AND ${anchor} NOT IN (SELECT anchor FROM silent)`;

/**
 * A permission stands where the newest grant of a subject is later than what anybody of the profile withdrew, and than
 * the end of the texts that it itself agreed to: core/consent/permission.ts, for everybody at once.
 */
const STANDING = sql.raw(
  `max(CASE state WHEN 'granted' THEN at END) > max(max(withdrawn), max(coalesce(outdated_at, -1)))`,
);

/**
 * `conversion` (n, person, kind, branch_id, at, day_starts, day_ends, worth): a person's first counted visit of each
 * branch and day, and each order that was not cancelled. What happened in a store counts only of people who let
 * themselves be recognised and both sides be joined; an online order by the basis of its source.
 */
export const conversions = ({ branches, days, online, from, to }: JourneyPeriod): SQL => sql`
  branch(id, zone, starts_at, ends_at) AS MATERIALIZED (
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(${JSON.stringify(branches)})),
  zone_day(zone, day, starts_at, ends_at) AS MATERIALIZED (
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(${JSON.stringify(days)})),
  silent AS MATERIALIZED (
    SELECT DISTINCT m.anchor FROM ${restrictions} r CROSS JOIN ${assignments} m ON m.key = r.subject),
  came AS MATERIALIZED (
    SELECT m.anchor, v.subject, v.branch_id, v.day, v.at
    FROM (SELECT subject, branch_id, day, min(started_at) AS at FROM ${visits}
      WHERE branch_id IN (SELECT id FROM branch) AND day BETWEEN ${from} AND ${to} AND counted = 1
      GROUP BY subject, branch_id, day) v
    CROSS JOIN ${assignments} m ON m.key = v.subject
    WHERE ${isCounted(sql`v.subject`, sql`m.anchor`)}),
  bought AS MATERIALIZED (
    SELECT m.anchor, o.branch_id, o.at, ${worthNow} AS worth
    FROM ${orders} o INDEXED BY orders_at CROSS JOIN ${assignments} m ON m.key = o.subject
    LEFT JOIN branch b ON b.id = o.branch_id
    WHERE o.at >= ${online.earliest} AND o.at < ${online.latest}
      AND o.at >= coalesce(b.starts_at, ${online.starts}) AND o.at < coalesce(b.ends_at, ${online.ends})
      AND ${statusNow} <> 'cancelled' AND ${isCounted(sql`o.subject`, sql`m.anchor`)}),
  answer AS MATERIALIZED (
    SELECT p.anchor, c.subject, c.purpose, c.state, c.at, c.outdated_at,
      max(CASE c.state WHEN 'withdrawn' THEN c.at ELSE -1 END) OVER (PARTITION BY p.anchor, c.purpose) AS withdrawn
    FROM (SELECT anchor FROM came UNION SELECT anchor FROM bought WHERE branch_id IS NOT NULL) p
    CROSS JOIN ${assignments} m INDEXED BY assignments_anchor ON m.anchor = p.anchor
    CROSS JOIN ${consents} c INDEXED BY consents_chain ON c.subject = m.key
    WHERE c.purpose IN ('visit_recognition', 'profile_linking')),
  standing AS MATERIALIZED (
    SELECT anchor, subject, purpose FROM answer WHERE subject NOT IN (SELECT key FROM ${blockedValues})
    GROUP BY anchor, subject, purpose HAVING ${STANDING}),
  joined AS MATERIALIZED (
    SELECT anchor FROM standing WHERE purpose = 'profile_linking'
    INTERSECT SELECT anchor FROM standing WHERE purpose = 'visit_recognition'),
  conversion AS MATERIALIZED (
    SELECT row_number() OVER () AS n, c.* FROM (
      SELECT v.anchor AS person, 'visit' AS kind, v.branch_id, min(v.at) AS at,
        d.starts_at AS day_starts, d.ends_at AS day_ends, 0 AS worth
      FROM came v CROSS JOIN branch b ON b.id = v.branch_id
      CROSS JOIN zone_day d ON d.zone = b.zone AND d.day = v.day
      WHERE v.anchor IN (SELECT anchor FROM joined) AND (v.anchor, v.subject) IN (
        SELECT anchor, subject FROM standing WHERE purpose = 'visit_recognition')
      GROUP BY v.anchor, v.branch_id, v.day
      UNION ALL
      SELECT anchor, 'order', branch_id, at, 0, 0, coalesce(worth, 0) FROM bought
      WHERE branch_id IS NULL OR anchor IN (SELECT anchor FROM joined)) c)`;
