// What one sender keeps: how far it has read the log, and which messages wait for their next try. A message is a `seq` of
// the log and nothing else, so that nothing of a person outlives an erasure here.

import { type Health, NEW_HEALTH } from "../../core/webhooks/health.ts";

export interface Replay {
  readonly after: number;
  readonly until: number;
}

export interface SenderState {
  readonly endpointId: string;
  /** Everything up to it was sent, waits, or was not wanted. */
  readonly cursor: number;
  /** Sent again at an operator's word: what is left of it. */
  readonly replay: Replay | null;
  /** The log had lost everything from the cursor up to here before it was read; null: nothing was missed. */
  readonly missedThrough: number | null;
  /** The time that a caller supplied; null where the real clock goes. */
  readonly virtualAt: number | null;
  readonly health: Health;
}

export const newState = (endpointId: string, cursor: number): SenderState => ({
  endpointId,
  cursor,
  replay: null,
  missedThrough: null,
  virtualAt: null,
  health: NEW_HEALTH,
});

export interface Waiting extends Record<string, SqlStorageValue> {
  readonly seq: number;
  /** So far. */
  readonly tries: number;
  readonly dueAt: number;
}

export const createTables = (sql: SqlStorage): void => {
  sql.exec(`CREATE TABLE IF NOT EXISTS waiting (
    seq INTEGER PRIMARY KEY, tries INTEGER NOT NULL, due_at INTEGER NOT NULL)`);
  sql.exec("CREATE INDEX IF NOT EXISTS waiting_due ON waiting (due_at, seq)");
};

/** One that waits already keeps its place. */
export const addWaiting = (sql: SqlStorage, seqs: readonly number[], dueAt: number): void => {
  sql.exec("INSERT OR IGNORE INTO waiting SELECT value, 0, ? FROM json_each(?)", dueAt, JSON.stringify(seqs));
};

/** The next that is due, those that are being sent left out. */
export const nextDue = (sql: SqlStorage, now: number, flying: Iterable<number>): Waiting | null => {
  const [row] = sql
    .exec<Waiting>(
      `SELECT seq, tries, due_at AS dueAt FROM waiting
      WHERE due_at <= ? AND seq NOT IN (SELECT value FROM json_each(?)) ORDER BY due_at, seq LIMIT 1`,
      now,
      JSON.stringify([...flying]),
    )
    .toArray();
  return row ?? null;
};

export const waitAgain = (sql: SqlStorage, { seq, tries, dueAt }: Waiting): void => {
  sql.exec("UPDATE waiting SET tries = ?, due_at = ? WHERE seq = ?", tries, dueAt, seq);
};

export const removeWaiting = (sql: SqlStorage, seq: number): void => {
  sql.exec("DELETE FROM waiting WHERE seq = ?", seq);
};

/** Has everything tried again now. */
export const hurry = (sql: SqlStorage, now: number): void => {
  sql.exec("UPDATE waiting SET due_at = ? WHERE due_at > ?", now, now);
};

export const waitingNow = (sql: SqlStorage): { count: number; nextAt: number | null } =>
  sql
    .exec<{ count: number; nextAt: number | null }>(
      "SELECT count(*) AS count, min(due_at) AS nextAt FROM waiting",
    )
    .one();
