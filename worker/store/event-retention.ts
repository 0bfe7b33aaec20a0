// Removes events past their 13 months, a bounded number a call, oldest first. Of each browser the newest one that says
// who was there stays for as long as later events of it rest on that, so that nothing younger changes its owner.

import { type SQL, sql } from "drizzle-orm";
import { KEPT_DAYS } from "../../schema/kept-days.ts";
import { events } from "../../schema/tables-channels.ts";
import type { Database } from "./database.ts";
import { type Progress, progressOf } from "./progress.ts";
import { runAll } from "./run-all.ts";

const ROWS_AT_ONCE = 5_000;
const DAY_MS = 86_400_000;
const EVENTS_MS = KEPT_DAYS.events * DAY_MS;

/** Of an event `e` up to `until`. `(… IS NULL) = …` is how the index has it. */
const isStillClaimed = (until: number): SQL => sql`(e.subject IS NOT NULL AND e.anonymous IS NOT NULL
  AND e.at = (SELECT max(n.at) FROM ${events} n INDEXED BY events_anonymous
    WHERE n.anonymous = e.anonymous AND (n.subject IS NULL) = 0 AND n.at <= ${until})
  AND EXISTS (SELECT 1 FROM ${events} l INDEXED BY events_anonymous
    WHERE l.anonymous = e.anonymous AND (l.subject IS NULL) = 1 AND l.at > ${until}))`;

export const removeOldEvents = async (db: Database, now: number): Promise<Progress> => {
  const until = now - EVENTS_MS;
  const removed = await runAll(db, [
    sql`DELETE FROM ${events} WHERE (source, message_id) IN (
      SELECT e.source, e.message_id FROM ${events} e INDEXED BY events_at
      WHERE e.at <= ${until} AND NOT ${isStillClaimed(until)} ORDER BY e.at LIMIT ${ROWS_AT_ONCE})`,
  ]);
  return progressOf(removed, ROWS_AT_ONCE);
};
