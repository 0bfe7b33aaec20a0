// Removes short-lived rows that are past their end, a bounded number a statement; each statement stands alone, so
// that trouble with one table does not keep another's rows.

import { type SQL, sql } from "drizzle-orm";
import { sourceSecrets } from "../../schema/tables-channels.ts";
import { emailLinks, loginStates, portalSessions, staffCodes } from "../../schema/tables-people.ts";
import { counterCodes, counterSessions } from "../../schema/tables-rights.ts";
import { agentCodes, operatorSessions, signInLinks } from "../../schema/tables.ts";
import type { Database } from "./database.ts";
import { type Progress, progressOf } from "./progress.ts";
import { runAll } from "./run-all.ts";

const ROWS_AT_ONCE = 5_000;
const DAY_MS = 86_400_000;

const statements = (now: number): Record<string, SQL> => ({
  "portal sessions": sql`DELETE FROM ${portalSessions} WHERE id IN (
    SELECT id FROM ${portalSessions} WHERE expires_at <= ${now} ORDER BY expires_at LIMIT ${ROWS_AT_ONCE})`,
  "logins with Zalo": sql`DELETE FROM ${loginStates} WHERE state_hash IN (
    SELECT state_hash FROM ${loginStates} WHERE expires_at <= ${now} ORDER BY expires_at LIMIT ${ROWS_AT_ONCE})`,
  // At once: who comes late is told that there is no such code, and an erasure need not wait for a day.
  "codes for the counter": sql`DELETE FROM ${counterCodes} WHERE hash IN (
    SELECT hash FROM ${counterCodes} WHERE expires_at <= ${now} ORDER BY expires_at LIMIT ${ROWS_AT_ONCE})`,
  // A day longer, so that who comes late is told so.
  "links to e-mails": sql`DELETE FROM ${emailLinks} WHERE hash IN (
    SELECT hash FROM ${emailLinks} WHERE expires_at <= ${now - DAY_MS} ORDER BY expires_at LIMIT ${ROWS_AT_ONCE})`,
  // The others hold a few rows an operator; an index would cost more than it saves.
  "operator sessions": sql`DELETE FROM ${operatorSessions} WHERE hash IN (
    SELECT hash FROM ${operatorSessions} WHERE expires_at <= ${now} LIMIT ${ROWS_AT_ONCE})`,
  "sessions at the counter": sql`DELETE FROM ${counterSessions} WHERE hash IN (
    SELECT hash FROM ${counterSessions} WHERE expires_at <= ${now} LIMIT ${ROWS_AT_ONCE})`,
  "sign-in links": sql`DELETE FROM ${signInLinks} WHERE hash IN (
    SELECT hash FROM ${signInLinks} WHERE expires_at <= ${now - DAY_MS} LIMIT ${ROWS_AT_ONCE})`,
  // A month longer, so that an operator sees until when a secret opened something.
  "secrets of sources": sql`DELETE FROM ${sourceSecrets} WHERE id IN (
    SELECT id FROM ${sourceSecrets} WHERE ends_at <= ${now - 30 * DAY_MS} LIMIT ${ROWS_AT_ONCE})`,
  "agent codes": sql`DELETE FROM ${agentCodes} WHERE hash IN (
    SELECT hash FROM ${agentCodes} WHERE expires_at <= ${now - DAY_MS} LIMIT ${ROWS_AT_ONCE})`,
  "staff codes": sql`DELETE FROM ${staffCodes} WHERE hash IN (
    SELECT hash FROM ${staffCodes} WHERE expires_at <= ${now - DAY_MS} LIMIT ${ROWS_AT_ONCE})`,
});

/** What there is to remove, by name. */
export const expiredRows = (db: Database, now: number): Record<string, () => Promise<Progress>> =>
  Object.fromEntries(
    Object.entries(statements(now)).map(([name, statement]) => [
      name,
      async () => progressOf(await runAll(db, [statement]), ROWS_AT_ONCE),
    ]),
  );
