// Staff signed in at the counter: a session belongs to the API key it was opened with and ends with it.

import { and, eq, gt, isNull } from "drizzle-orm";
import type { ApiKeyId } from "../../schema/ids.ts";
import type { Scope } from "../../schema/scopes.ts";
import { counterSessions } from "../../schema/tables-rights.ts";
import { apiKeys } from "../../schema/tables.ts";
import type { Database } from "./database.ts";

export const insertCounterSession = async (
  db: Database,
  session: { hash: string; keyId: ApiKeyId; createdAt: number; expiresAt: number },
): Promise<void> => {
  await db.insert(counterSessions).values(session);
};

/** The key of a session that is not over; null as soon as the key was revoked. */
export const findCounterSession = async (
  db: Database,
  hash: string,
  now: number,
): Promise<{ keyId: ApiKeyId; scopes: Scope[] } | null> => {
  const [row] = await db
    .select({ keyId: apiKeys.id, scopes: apiKeys.scopes })
    .from(counterSessions)
    .innerJoin(apiKeys, eq(apiKeys.id, counterSessions.keyId))
    .where(
      and(eq(counterSessions.hash, hash), gt(counterSessions.expiresAt, now), isNull(apiKeys.revokedAt)),
    );
  return row ? { keyId: row.keyId as ApiKeyId, scopes: JSON.parse(row.scopes) as Scope[] } : null;
};

export const endCounterSession = async (db: Database, hash: string): Promise<void> => {
  await db.delete(counterSessions).where(eq(counterSessions.hash, hash));
};
