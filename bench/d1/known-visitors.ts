// Gives each subject of visit messages a profile of its own, as a sign-in long before would have: then their visits are
// told in the change feed.

import type { VisitSetMessage } from "../../schema/messages.ts";
import type { LocalDatabase } from "../../scripts/runtime/types.ts";

export const makeKnown = async (db: LocalDatabase, messages: readonly VisitSetMessage[]): Promise<void> => {
  const keys = JSON.stringify([
    ...new Set(messages.flatMap(({ visits }) => visits.map(({ subject }) => subject))),
  ]);
  await db
    .prepare("INSERT INTO assignments (key, anchor) SELECT value, value FROM json_each(?)")
    .bind(keys)
    .all();
  await db
    .prepare(
      `INSERT INTO profiles (anchor, id, generation, revision, version, created_at, updated_at)
      SELECT value, 'pr_' || value, 1, 1, 1, 0, 0 FROM json_each(?)`,
    )
    .bind(keys)
    .all();
};
