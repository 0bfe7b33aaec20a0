// Rows of `requests` as statements for the batch of what they tell of.

import { type SQL, sql } from "drizzle-orm";
import type { RequestOutcome } from "../../schema/requests.ts";
import { requests } from "../../schema/tables-rights.ts";

export type RequestRow = typeof requests.$inferSelect;

/** Those that are there already stay as they are. */
export const openRequests = (rows: readonly RequestRow[]): SQL => {
  const values = rows.map((row) => [
    row.id,
    row.kind,
    row.origin,
    row.subject,
    row.note,
    row.receivedAt,
    row.replyDueAt,
    row.dueAt,
    row.repliedAt,
    row.extendedAt,
    row.closedAt,
    row.outcome,
    row.proof,
  ]);
  return sql`INSERT INTO ${requests} (id, kind, origin, subject, note, received_at, reply_due_at, due_at, replied_at,
      extended_at, closed_at, outcome, proof)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7,
      value ->> 8, value ->> 9, value ->> 10, value ->> 11, value ->> 12
    FROM json_each(${JSON.stringify(values)}) WHERE true ON CONFLICT (id) DO NOTHING`;
};

export interface Closing {
  readonly at: number;
  readonly outcome: RequestOutcome;
  readonly proof: string;
}

/** One that is closed already stays as it is. A reply was given at the latest now; the words are needed no more. */
export const closeRequest = (id: string, { at, outcome, proof }: Closing): SQL => sql`
  UPDATE ${requests} SET closed_at = ${at}, outcome = ${outcome}, proof = ${proof},
    replied_at = coalesce(replied_at, ${at}), note = NULL
  WHERE id = ${id} AND closed_at IS NULL`;
