// What a channel calls the message that told of some evidence, by the id of the evidence. Most is kept once a day, under the
// day, and rests on no one message; what the portal saw has no name outside.

import { sql } from "drizzle-orm";
import { evidence } from "../../schema/tables-people.ts";
import type { Database } from "./database.ts";
import { answerAll } from "./run-all.ts";

export const evidenceMessages = async (
  db: Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  if (ids.length === 0) return new Map();
  const [answer] = await answerAll(db, [
    sql`SELECT v.id AS id, v.message_id AS message FROM json_each(${JSON.stringify(ids)}) k
      CROSS JOIN ${evidence} v ON v.id = k.value WHERE v.source <> 'portal'
        AND v.message_id <> date(v.observed_at / 1000, 'unixepoch')`,
  ]);
  const rows = (answer?.results ?? []) as { id: string; message: string }[];
  return new Map(rows.map(({ id, message }) => [id, message]));
};
