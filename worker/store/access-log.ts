// Who reads personal values of whom: a row a profile, in the very batch that reads it. It is written before it is known
// how much of the profile may be shown, so it may name more than was shown and never less.

import { type SQL, sql } from "drizzle-orm";
import { profiles } from "../../schema/tables-identity.ts";
import { accessLog } from "../../schema/tables-rights.ts";
import type { Database } from "./database.ts";
import { type Progress, progressOf } from "./progress.ts";
import { runAll } from "./run-all.ts";
import { anchorsOf, type ProfileTarget } from "./profile-targets.ts";

export interface AccessEntry {
  readonly at: number;
  /** `key_…`, `admin`, … */
  readonly actor: string;
  readonly action:
    | "lookup"
    | "profile"
    | "timeline"
    | "explain"
    | "export"
    | "counter"
    | "consents"
    | "request"
    | "breach";
  readonly requestId: string;
}

export const logAccess = (target: ProfileTarget, { at, actor, action, requestId }: AccessEntry): SQL => sql`
  INSERT INTO ${accessLog} (at, actor, action, profile_id, request_id)
  SELECT ${at}, ${actor}, ${action}, p.id, ${requestId} FROM (${anchorsOf(target)}) t
  JOIN ${profiles} p ON p.anchor = t.anchor`;

/** For what names at most one profile and is read by other means; without one it still says that somebody read. */
export const logOneAccess = async (
  db: Database,
  profileId: string | null,
  { at, actor, action, requestId }: AccessEntry,
): Promise<void> => {
  await db.insert(accessLog).values({ at, actor, action, profileId, requestId });
};

const LOG_MS = 366 * 86_400_000;
const ROWS_AT_ONCE = 5_000;

/** Twelve months. */
export const removeOldAccess = async (db: Database, now: number): Promise<Progress> =>
  progressOf(
    await runAll(db, [
      sql`DELETE FROM ${accessLog} WHERE seq IN (
        SELECT seq FROM ${accessLog} WHERE at <= ${now - LOG_MS} ORDER BY at LIMIT ${ROWS_AT_ONCE})`,
    ]),
    ROWS_AT_ONCE,
  );
