// Messages that could not be processed, with their reason: to be seen and replayed, never lost silently.

import { and, desc, eq, isNull, lt, or, sql } from "drizzle-orm";
import type { VisitSetMessage } from "../../schema/messages.ts";
import { deadLetters } from "../../schema/tables.ts";
import { type Audit, auditRow } from "./audit.ts";
import type { Database } from "./database.ts";
import { type Progress, progressOf } from "./progress.ts";
import { runAll } from "./run-all.ts";

const DAY_MS = 86_400_000;
/**
 * How long a letter of visits lives and may be replayed. A newer revision, perhaps one that a withdrawal emptied, must
 * still be known then: retention-job.ts keeps it for longer than two queues and this together.
 */
export const VISITS_LETTER_MS = 15 * DAY_MS;
const LETTER_MS = 90 * DAY_MS;
const LETTERS_AT_ONCE = 5_000;

export interface DeadLetter {
  id: string;
  queue: string;
  /** JSON text as it came. */
  body: string;
  reason: "invalid_message" | "retries_exhausted";
  detail: string;
  at: number;
  attempts: number;
  replayedAt: number | null;
}

/** Idempotent by id: a queue may deliver the same dead letter twice. */
export const insertDeadLetters = async (db: Database, letters: readonly DeadLetter[]): Promise<void> => {
  const [first, ...rest] = letters.map((letter) =>
    db.insert(deadLetters).values(letter).onConflictDoNothing(),
  );
  if (first) await db.batch([first, ...rest]);
};

const toLetter = (row: typeof deadLetters.$inferSelect): DeadLetter => ({
  ...row,
  reason: row.reason === "invalid_message" ? "invalid_message" : "retries_exhausted",
});

/** Newest first, after the position (at, id). */
export const listDeadLetters = async (
  db: Database,
  after: { at: number; id: string } | null,
  limit: number,
): Promise<DeadLetter[]> => {
  const where = after
    ? or(lt(deadLetters.at, after.at), and(eq(deadLetters.at, after.at), lt(deadLetters.id, after.id)))
    : undefined;
  const rows = await db
    .select()
    .from(deadLetters)
    .where(where)
    .orderBy(desc(deadLetters.at), desc(deadLetters.id))
    .limit(limit);
  return rows.map(toLetter);
};

export const findDeadLetter = async (db: Database, id: string): Promise<DeadLetter | null> => {
  const [row] = await db.select().from(deadLetters).where(eq(deadLetters.id, id));
  return row ? toLetter(row) : null;
};

export const markReplayed = async (db: Database, id: string, audit: Audit): Promise<void> => {
  await db.batch([
    db
      .update(deadLetters)
      .set({ replayedAt: audit.at })
      .where(and(eq(deadLetters.id, id), isNull(deadLetters.replayedAt))),
    auditRow(db, audit),
  ]);
};

/** Letters that wait to be looked at. */
export const countDeadLetters = async (db: Database): Promise<number> =>
  db.$count(deadLetters, isNull(deadLetters.replayedAt));

/** Bodies of all letters about the same set: one that waits may be newer than the one that is replayed. */
export const bodiesOfSet = async (db: Database, set: VisitSetMessage): Promise<string[]> => {
  const field = (name: "kind" | "branchId" | "day" | "device") =>
    sql`json_extract(${deadLetters.body}, ${`$.${name}`}) = ${set[name]}`;
  const rows = await db
    .select({ body: deadLetters.body })
    .from(deadLetters)
    .where(and(field("kind"), field("branchId"), field("day"), field("device")));
  return rows.map((row) => row.body);
};

/** Removes letters past their lifetime, a bounded number of each kind. */
export const removeOldLetters = async (db: Database, now: number): Promise<Progress> => {
  const removed = await runAll(db, [
    sql`DELETE FROM ${deadLetters} WHERE id IN (
      SELECT id FROM ${deadLetters} WHERE at <= ${now - LETTER_MS} ORDER BY at LIMIT ${LETTERS_AT_ONCE})`,
    sql`DELETE FROM ${deadLetters} WHERE id IN (
      SELECT id FROM ${deadLetters} WHERE at <= ${now - VISITS_LETTER_MS}
        AND json_extract(body, '$.kind') = 'visits' ORDER BY at LIMIT ${LETTERS_AT_ONCE})`,
  ]);
  return progressOf(removed, LETTERS_AT_ONCE);
};
