// Removes what is past its lifetime, a bounded number of rows a run. Before a visit goes, the first visit of its
// person at that branch is kept, so that "new" stays true.

import { sql } from "drizzle-orm";
import {
  agentCodes,
  deadLetters,
  deviceFacts,
  footfallDays,
  operatorSessions,
  portalSessions,
  signInLinks,
  visitorFirsts,
  visits,
  visitSets,
} from "../../schema/tables.ts";
import type { Database } from "./database.ts";
import { runAll } from "./run-all.ts";

const ROWS_A_RUN = 5_000;
const DAY_MS = 86_400_000;
/** 13 months. */
const RETENTION_MS = 396 * DAY_MS;
const DEAD_LETTER_MS = 90 * DAY_MS;
/** The longest lateness of a recognised visit (60 days) and the longest a queue keeps a message (14 days). */
const SET_MS = 75 * DAY_MS;
/** An empty set ties a device to a day and a branch for nothing; it stays only as long as a message could be late. */
const EMPTY_SET_MS = 15 * DAY_MS;
/** A withdrawn device is still needed to amend the days before the withdrawal. */
const WITHDRAWN_MS = 31 * DAY_MS;

const dayBefore = (now: number, ms: number): string => new Date(now - ms).toISOString().slice(0, 10);

/**
 * All sign-ins of a device whose latest claim has ended: withdrawn for good, or taken over by somebody without
 * recognition consent. All, because without the latest an earlier owner would get the device back.
 */
const endedClaims = (before: number) => sql`
  WITH latest AS (
    SELECT device, subject, at FROM (
      SELECT device, subject, at,
        row_number() OVER (PARTITION BY device ORDER BY at DESC, coalesce(subject, '') DESC) AS place
      FROM ${deviceFacts} WHERE kind = 'sign_in')
    WHERE place = 1),
  words AS (
    SELECT subject, at, state FROM (
      SELECT subject, at, state,
        row_number() OVER (PARTITION BY subject ORDER BY at DESC, state DESC) AS place
      FROM ${deviceFacts} WHERE kind = 'permission')
    WHERE place = 1)
  DELETE FROM ${deviceFacts} WHERE kind = 'sign_in' AND device IN (
    SELECT latest.device FROM latest LEFT JOIN words USING (subject)
    WHERE latest.at <= ${before}
      AND (latest.subject IS NULL OR (words.state = 'withdrawn' AND words.at <= ${before}))
    LIMIT ${ROWS_A_RUN})`;

export const removeExpired = async (db: Database, now: number): Promise<void> => {
  await runAll(db, [
    sql`DELETE FROM ${portalSessions} WHERE id IN (
      SELECT id FROM ${portalSessions} WHERE expires_at <= ${now} LIMIT ${ROWS_A_RUN})`,
    sql`DELETE FROM ${agentCodes} WHERE expires_at <= ${now - DAY_MS}`,
    sql`DELETE FROM ${signInLinks} WHERE expires_at <= ${now - DAY_MS}`,
    sql`DELETE FROM ${operatorSessions} WHERE expires_at <= ${now}`,
    sql`DELETE FROM ${deadLetters} WHERE at <= ${now - DEAD_LETTER_MS}`,
    endedClaims(now - WITHDRAWN_MS),
  ]);
};

export const removeOldVisits = async (db: Database, now: number): Promise<void> => {
  const oldest = dayBefore(now, RETENTION_MS);
  const old = sql`SELECT branch_id, day, device, started_at FROM ${visits} WHERE day < ${oldest}
    ORDER BY branch_id, day, device, started_at LIMIT ${ROWS_A_RUN}`;
  await runAll(db, [
    sql`INSERT INTO ${visitorFirsts} (branch_id, subject, first_at)
      SELECT branch_id, subject, min(started_at) FROM ${visits}
      WHERE counted = 1 AND (branch_id, day, device, started_at) IN (${old}) GROUP BY branch_id, subject
      ON CONFLICT (branch_id, subject) DO UPDATE SET first_at = excluded.first_at
      WHERE excluded.first_at < first_at`,
    sql`DELETE FROM ${visits} WHERE (branch_id, day, device, started_at) IN (${old})`,
    // A set is only needed while an older revision could still be on its way or a later one made.
    sql`DELETE FROM ${visitSets} WHERE day < ${dayBefore(now, SET_MS)}`,
    sql`DELETE FROM ${visitSets} WHERE day < ${dayBefore(now, EMPTY_SET_MS)} AND NOT EXISTS (
      SELECT 1 FROM ${visits} v WHERE v.branch_id = ${visitSets}.branch_id AND v.day = ${visitSets}.day
        AND v.device = ${visitSets}.device)`,
    sql`DELETE FROM ${footfallDays} WHERE day < ${oldest}`,
  ]);
};
