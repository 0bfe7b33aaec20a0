// A recognised visitor came in: one row of `changes` for their profile, once for each branch, subject and start, however
// often the message comes. It changes nothing that a profile shows. Who was erased since has no profile, so no row.

import { sql } from "drizzle-orm";
import type { VisitStartedMessage } from "../../schema/messages-channels.ts";
import { assignments, changes, profiles } from "../../schema/tables-identity.ts";
import type { Database } from "./database.ts";
import { runAll } from "./run-all.ts";

/** Throws when the database does not answer. */
export const storeStarted = async (
  db: Database,
  messages: readonly VisitStartedMessage[],
  now: number,
): Promise<void> => {
  if (messages.length === 0) return;
  const told = JSON.stringify(
    messages.map(({ branchId, subject, startedAt }) => [subject, JSON.stringify({ branchId, startedAt })]),
  );
  await runAll(db, [
    sql`INSERT INTO ${changes} (type, profile_id, data, at)
      SELECT DISTINCT 'visit.started', p.id, m.value ->> 1, ${now} FROM json_each(${told}) m
      JOIN ${assignments} s ON s.key = m.value ->> 0 JOIN ${profiles} p ON p.anchor = s.anchor
      WHERE NOT EXISTS (SELECT 1 FROM ${changes} c INDEXED BY changes_profile
        WHERE c.profile_id = p.id AND c.type = 'visit.started' AND c.data = m.value ->> 1)`,
  ]);
};
