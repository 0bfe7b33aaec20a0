// A recognised visitor came in: one row of `changes` for their profile, once for each branch, subject and start, however
// often the message comes. It changes nothing that a profile shows. What began before its person was erased stays out.

import { sql } from "drizzle-orm";
import type { VisitStartedMessage } from "../../schema/messages-channels.ts";
import { assignments, changes, profiles } from "../../schema/tables-identity.ts";
import { tombstones } from "../../schema/tables-people.ts";
import type { Database } from "./database.ts";
import { answerAll } from "./run-all.ts";
import type { Stored, TagsOf } from "./visit-sets.ts";

/** Throws when the database does not answer. */
export const storeStarted = async (
  db: Database,
  messages: readonly VisitStartedMessage[],
  now: number,
  tagsOf: TagsOf,
): Promise<Stored> => {
  if (messages.length === 0) return { erased: [] };
  const told = JSON.stringify(
    messages.map(({ branchId, subject, startedAt }) => ({
      branchId,
      subject,
      startedAt,
      data: JSON.stringify({ branchId, startedAt }),
      tags: tagsOf(subject),
    })),
  );
  const isErased = sql`EXISTS (SELECT 1 FROM ${tombstones} t WHERE t.erased_at >= m.value ->> 'startedAt'
    AND t.tag IN (SELECT value FROM json_each(m.value, '$.tags')))`;
  const [, erased] = await answerAll(db, [
    sql`INSERT INTO ${changes} (type, profile_id, data, at)
      SELECT DISTINCT 'visit.started', p.id, m.value ->> 'data', ${now} FROM json_each(${told}) m
      JOIN ${assignments} s ON s.key = m.value ->> 'subject' JOIN ${profiles} p ON p.anchor = s.anchor
      WHERE NOT ${isErased} AND NOT EXISTS (SELECT 1 FROM ${changes} c INDEXED BY changes_profile
        WHERE c.profile_id = p.id AND c.type = 'visit.started' AND c.data = m.value ->> 'data')`,
    sql`SELECT m.value ->> 'branchId' AS branchId, count(*) AS visits FROM json_each(${told}) m
      WHERE ${isErased} GROUP BY 1`,
  ]);
  return { erased: (erased?.results ?? []) as Stored["erased"] };
};
