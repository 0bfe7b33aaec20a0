// All identifiers in the order of their keys, some at a time, made to wait for a decision as if their facts had changed.

import { sql } from "drizzle-orm";
import { identityPending } from "../../../schema/tables-identity.ts";
import { identifiers } from "../../../schema/tables-people.ts";
import type { Database } from "../database.ts";
import { decideAgain } from "../pending.ts";
import { answerAll } from "../run-all.ts";

const MOST_COUNTED = 100_000;

/** The last of the next `most`; null when there are none after `cursor`. */
export const letWait = async (
  db: Database,
  cursor: string,
  most: number,
  at: number,
): Promise<string | null> => {
  const next = sql`SELECT key FROM ${identifiers} WHERE key > ${cursor} ORDER BY key LIMIT ${most}`;
  const [, found] = await answerAll(db, [decideAgain(next, at), sql`SELECT max(key) AS last FROM (${next})`]);
  const [row] = (found?.results ?? []) as { last: string | null }[];
  return row?.last ?? null;
};

export const countWaiting = async (db: Database): Promise<number> => {
  const [found] = await answerAll(db, [
    sql`SELECT count(*) AS n FROM (SELECT 1 FROM ${identityPending} LIMIT ${MOST_COUNTED})`,
  ]);
  const [row] = (found?.results ?? []) as { n: number }[];
  return row?.n ?? 0;
};
