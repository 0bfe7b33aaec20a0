// Forgets devices that belong to nobody any more. Candidates come from indexes: persons who withdrew (a partial index
// on withdrawals only) and sign-ins without an owner (their subject is null in the index on subjects).

import { type SQL, sql } from "drizzle-orm";
import { deviceFacts } from "../../schema/tables.ts";
import type { Database } from "./database.ts";
import { type Progress, progressOf } from "./progress.ts";
import { runAll } from "./run-all.ts";

const DEVICES_AT_ONCE = 1_000;
/** A withdrawn device is still needed to amend the days before the withdrawal. */
const WITHDRAWN_MS = 31 * 86_400_000;

/** The newest of `rows` (at, and `tie` among equal times) as one value. */
const newest = (value: string, rows: SQL, tie: string): SQL =>
  sql`(SELECT ${sql.raw(value)} ${rows} ORDER BY at DESC, ${sql.raw(tie)} DESC LIMIT 1)`;

/**
 * All sign-ins of a device whose latest claim has ended: withdrawn for good, or taken over by somebody without
 * recognition consent. All, because without the latest an earlier owner would get the device back.
 */
const statement = (before: number): SQL => {
  const claims = sql`FROM ${deviceFacts} INDEXED BY device_facts_device WHERE device = c.device AND kind = 'sign_in'`;
  const words = sql`FROM ${deviceFacts} INDEXED BY device_facts_subject WHERE subject = l.subject AND kind = 'permission'`;
  return sql`
    DELETE FROM ${deviceFacts} WHERE kind = 'sign_in' AND device IN (
      SELECT c.device FROM (
        SELECT s.device FROM ${deviceFacts} w INDEXED BY device_facts_withdrawn
          CROSS JOIN ${deviceFacts} s INDEXED BY device_facts_subject
          ON s.subject = w.subject AND s.kind = 'sign_in'
        WHERE w.state = 'withdrawn' AND w.at <= ${before}
        UNION
        SELECT device FROM ${deviceFacts} INDEXED BY device_facts_subject
        WHERE subject IS NULL AND kind = 'sign_in' AND at <= ${before}) c
      CROSS JOIN ${deviceFacts} l ON l.seq = ${newest("seq", claims, "coalesce(subject, '')")}
      WHERE l.at <= ${before} AND (l.subject IS NULL
        OR (${newest("state", words, "state")} = 'withdrawn' AND ${newest("at", words, "state")} <= ${before}))
      LIMIT ${DEVICES_AT_ONCE})`;
};

/** No object takes anything so late, so none needs to know of the erasure. What names no device stays: it costs nothing. */
const oldErasures = (before: number): SQL => sql`
  DELETE FROM ${deviceFacts} WHERE seq IN (
    SELECT seq FROM ${deviceFacts} INDEXED BY device_facts_erasure
    WHERE kind = 'erasure' AND at <= ${before} AND device IS NOT NULL LIMIT ${DEVICES_AT_ONCE})`;

/** A device has a row at least, so fewer rows than devices allowed means that no device is left. */
export const forgetEndedClaims = async (db: Database, now: number): Promise<Progress> =>
  progressOf(
    await runAll(db, [statement(now - WITHDRAWN_MS), oldErasures(now - WITHDRAWN_MS)]),
    DEVICES_AT_ONCE,
  );
