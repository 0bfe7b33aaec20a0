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
/** A withdrawn device is still needed to amend the days before the withdrawal. */
const WITHDRAWN_MS = 31 * DAY_MS;

const dayBefore = (now: number, ms: number): string => new Date(now - ms).toISOString().slice(0, 10);

export const removeExpired = async (db: Database, now: number): Promise<void> => {
  await runAll(db, [
    sql`DELETE FROM ${portalSessions} WHERE id IN (
      SELECT id FROM ${portalSessions} WHERE expires_at <= ${now} LIMIT ${ROWS_A_RUN})`,
    sql`DELETE FROM ${agentCodes} WHERE expires_at <= ${now - DAY_MS}`,
    sql`DELETE FROM ${signInLinks} WHERE expires_at <= ${now - DAY_MS}`,
    sql`DELETE FROM ${operatorSessions} WHERE expires_at <= ${now}`,
    sql`DELETE FROM ${deadLetters} WHERE at <= ${now - DEAD_LETTER_MS}`,
    sql`DELETE FROM ${deviceFacts} WHERE seq IN (
      SELECT f.seq FROM ${deviceFacts} f WHERE f.kind = 'sign_in' AND f.subject IN (
        SELECT p.subject FROM ${deviceFacts} p WHERE p.kind = 'permission'
        GROUP BY p.subject HAVING max(CASE WHEN p.state = 'withdrawn' THEN p.at END) <= ${now - WITHDRAWN_MS}
          AND max(CASE WHEN p.state = 'withdrawn' THEN p.at END)
            >= coalesce(max(CASE WHEN p.state = 'granted' THEN p.at END), 0))
      LIMIT ${ROWS_A_RUN})`,
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
    sql`DELETE FROM ${visitSets} WHERE day < ${oldest} AND NOT EXISTS (
      SELECT 1 FROM ${visits} v WHERE v.branch_id = ${visitSets}.branch_id AND v.day = ${visitSets}.day
        AND v.device = ${visitSets}.device)`,
    sql`DELETE FROM ${footfallDays} WHERE day < ${oldest}`,
  ]);
};
