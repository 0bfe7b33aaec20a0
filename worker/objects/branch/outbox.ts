// Sends what the object decided to publish. A row leaves only after the queue has taken it, so a crash repeats a
// message and never loses one; consumers compare revisions.

import type { FactMessage } from "../../../schema/messages.ts";

/** Takes messages durably or throws. */
export type FactQueue = (messages: FactMessage[]) => Promise<void>;

/** Queues take 100 messages or 256 KB at once. */
const MOST_MESSAGES = 100;
const MOST_BYTES = 200_000;

export const outboxSize = (sql: SqlStorage): number =>
  sql.exec<{ n: number }>("SELECT count(*) AS n FROM outbox").one().n;

export const drainOutbox = async (sql: SqlStorage, queue: FactQueue): Promise<void> => {
  for (;;) {
    const rows = sql
      .exec<{ id: number; body: string }>("SELECT id, body FROM outbox ORDER BY id LIMIT ?", MOST_MESSAGES)
      .toArray();
    let bytes = 0;
    const batch = rows.filter((row, index) => {
      bytes += row.body.length * 2;
      return index === 0 || bytes <= MOST_BYTES;
    });
    const last = batch.at(-1);
    if (!last) return;
    await queue(batch.map((row) => JSON.parse(row.body) as FactMessage));
    sql.exec("DELETE FROM outbox WHERE id <= ?", last.id);
  }
};
