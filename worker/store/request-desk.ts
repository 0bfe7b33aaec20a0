// What the data protection officer's pages ask besides the requests themselves: how many are owed, and what the audit says
// was done about one.

import { sql } from "drizzle-orm";
import { audit } from "../../schema/tables.ts";
import { requests } from "../../schema/tables-rights.ts";
import type { Database } from "./database.ts";
import type { RequestRow } from "./request-rows.ts";
import { answerAll } from "./run-all.ts";

export const countOpenRequests = async (
  db: Database,
  now: number,
): Promise<{ open: number; late: number }> => {
  const [answer] = await answerAll(db, [
    sql`SELECT count(*) AS open,
        count(*) FILTER (WHERE due_at < ${now} OR (replied_at IS NULL AND reply_due_at < ${now})) AS late
      FROM ${requests} WHERE closed_at IS NULL`,
  ]);
  const [row] = (answer?.results ?? []) as { open: number; late: number }[];
  return { open: row?.open ?? 0, late: row?.late ?? 0 };
};

export interface AuditedAct {
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly target: string;
}

/** Oldest first. A target is the request's id, alone or before `: ` and a reason, or that of the certificate that closed it. */
export const auditOfRequest = async (
  db: Database,
  { id, proof }: Pick<RequestRow, "id" | "proof">,
): Promise<AuditedAct[]> => {
  const [answer] = await answerAll(db, [
    sql`SELECT at, actor, action, target FROM ${audit}
      WHERE target = ${id} OR (target >= ${`${id}: `} AND target < ${`${id};`})
        OR (action = 'profile.erase' AND ${proof} = 'erasure/' || target) ORDER BY at, rowid`,
  ]);
  return (answer?.results ?? []) as AuditedAct[];
};
