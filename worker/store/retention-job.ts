// Removes what is past its retention at one branch, a bounded number of rows a call, found by primary key. Before a
// visit goes, the first visit of its person at that branch is kept, so that "new" stays true.

import { type SQL, sql } from "drizzle-orm";
import { KEPT_DAYS } from "../../schema/kept-days.ts";
import { footfallDays, visitorFirsts, visits, visitSets } from "../../schema/tables.ts";
import type { Branch } from "../core/settings/branch.ts";
import type { Database } from "./database.ts";
import { VISITS_LETTER_MS } from "./dead-letters.ts";
import { type Progress, progressOf } from "./progress.ts";
import { runAll } from "./run-all.ts";
import { countedStarts } from "./visitor-stays.ts";

const ROWS_AT_ONCE = 5_000;
const DAY_MS = 86_400_000;
const RETENTION_MS = KEPT_DAYS.visits * DAY_MS;
/** The longest that Cloudflare keeps a message in a queue. */
const QUEUE_MS = 14 * DAY_MS;
/**
 * How long the revision of a set is known after it came. An older one may still be under way in both queues and then
 * in a dead letter: for 14 + 14 + 15 days, and two for clocks and the hour of the job.
 */
const SET_MS = 2 * QUEUE_MS + VISITS_LETTER_MS + 2 * DAY_MS;

const dayBefore = (now: number, ms: number): string => new Date(now - ms).toISOString().slice(0, 10);

/** Rows of the branch's oldest day past retention: whole days, since two devices can make one visit. */
const oldVisits = ({ id }: Branch, now: number): SQL => {
  const oldest = sql`SELECT min(day) FROM ${visits} WHERE branch_id = ${id} AND day < ${dayBefore(now, RETENTION_MS)}`;
  return sql`branch_id = ${id} AND day = (${oldest})`;
};

/**
 * Removes visits of the oldest day past retention. `visitor_firsts` keeps the earliest start of what frequency counts,
 * under the definitions in force now; repeated for the rest of a long day it changes nothing.
 */
export const removeOldVisits = async (db: Database, branch: Branch, now: number): Promise<Progress> => {
  const old = oldVisits(branch, now);
  const [, removed = 0] = await runAll(db, [
    sql`INSERT INTO ${visitorFirsts} (branch_id, subject, first_at)
      SELECT branch_id, subject, min(started_at) FROM (${countedStarts(branch, old)})
      WHERE true GROUP BY branch_id, subject
      ON CONFLICT (branch_id, subject) DO UPDATE SET first_at = excluded.first_at
      WHERE excluded.first_at < first_at`,
    sql`DELETE FROM ${visits} WHERE (branch_id, day, device, started_at) IN (
      SELECT branch_id, day, device, started_at FROM ${visits} WHERE ${old} LIMIT ${ROWS_AT_ONCE})`,
  ]);
  return removed > 0 ? "more" : "done";
};

/** Removes revisions that no message can be compared with any more. No set is stored before its day. */
export const removeOldSets = async (db: Database, { id }: Branch, now: number): Promise<Progress> => {
  const removed = await runAll(db, [
    sql`DELETE FROM ${visitSets} WHERE (branch_id, day, device) IN (
      SELECT branch_id, day, device FROM ${visitSets}
      WHERE branch_id = ${id} AND day < ${dayBefore(now, SET_MS - 2 * DAY_MS)} AND stored_at < ${now - SET_MS}
      LIMIT ${ROWS_AT_ONCE})`,
  ]);
  return progressOf(removed, ROWS_AT_ONCE);
};

export const removeOldFootfall = async (db: Database, { id }: Branch, now: number): Promise<Progress> => {
  const removed = await runAll(db, [
    sql`DELETE FROM ${footfallDays} WHERE (branch_id, day) IN (
      SELECT branch_id, day FROM ${footfallDays}
      WHERE branch_id = ${id} AND day < ${dayBefore(now, RETENTION_MS)} LIMIT ${ROWS_AT_ONCE})`,
  ]);
  return progressOf(removed, ROWS_AT_ONCE);
};
