// Messages that could not be processed, with their reason: to be seen and replayed, never lost silently.

import { and, desc, eq, isNull, lt, or } from "drizzle-orm";
import { deadLetters } from "../../schema/tables.ts";
import { type Audit, auditRow } from "./audit.ts";
import type { Database } from "./database.ts";

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
