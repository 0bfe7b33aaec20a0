// The bounded clean-up of D1, run by cron: each part removes a limited number of rows a run, so that it never takes
// long and a backlog is worked off over several runs.

import type { Database } from "./store/database.ts";
import { removeExpired, removeOldVisits } from "./store/retention-job.ts";

export const RETENTION_MONTHS = 13;

export const cleanUp = async (db: Database, now: number): Promise<void> => {
  await removeExpired(db, now);
  await removeOldVisits(db, now);
};
