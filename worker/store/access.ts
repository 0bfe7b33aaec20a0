// API keys (stored hashed) and one-time sign-in links of operators.

import { and, asc, eq, gt, isNull } from "drizzle-orm";
import type { ApiKeyId, SourceId } from "../../schema/ids.ts";
import { apiKeys, operatorSessions, signInLinks } from "../../schema/tables.ts";
import type { Scope } from "../../schema/scopes.ts";
import { type Audit, auditRow, auditRowWhere } from "./audit.ts";
import type { Database } from "./database.ts";

export interface ApiKey {
  id: ApiKeyId;
  name: string;
  scopes: Scope[];
  createdAt: number;
  revokedAt: number | null;
  /** The only source that it may tell of; null: any, and the SDKs' addresses not at all. */
  source: SourceId | null;
  /** It stands in pages that anybody reads: it may only tell events, and is believed less. */
  browser: boolean;
}

const toKey = (row: typeof apiKeys.$inferSelect): ApiKey => ({
  id: row.id as ApiKeyId,
  name: row.name,
  scopes: JSON.parse(row.scopes) as Scope[],
  createdAt: row.createdAt,
  revokedAt: row.revokedAt,
  source: row.source as SourceId | null,
  browser: row.browser === 1,
});

export const findKeyByHash = async (db: Database, hash: string): Promise<ApiKey | null> => {
  const [row] = await db.select().from(apiKeys).where(eq(apiKeys.hash, hash));
  return row && row.revokedAt === null ? toKey(row) : null;
};

export const listKeys = async (db: Database): Promise<ApiKey[]> =>
  (await db.select().from(apiKeys).orderBy(asc(apiKeys.createdAt), asc(apiKeys.id))).map(toKey);

export const insertKey = async (db: Database, key: ApiKey, hash: string, audit: Audit): Promise<void> => {
  await db.batch([
    db
      .insert(apiKeys)
      .values({ ...key, scopes: JSON.stringify(key.scopes), browser: Number(key.browser), hash }),
    auditRow(db, audit),
  ]);
};

export const revokeKey = async (db: Database, id: ApiKeyId, audit: Audit): Promise<boolean> => {
  const standing = and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt));
  const [, changed] = await db.batch([
    auditRowWhere(db, audit, apiKeys, standing),
    db.update(apiKeys).set({ revokedAt: audit.at }).where(standing).returning({ id: apiKeys.id }),
  ]);
  return changed.length === 1;
};

export const insertSignInLink = async (
  db: Database,
  link: { hash: string; expiresAt: number; also: readonly Scope[] },
  audit: Audit,
): Promise<void> => {
  await db.batch([
    db
      .insert(signInLinks)
      .values({ ...link, also: JSON.stringify(link.also), createdAt: audit.at, usedAt: null }),
    auditRow(db, audit),
  ]);
};

/** Uses up a link; exactly one caller gets what it opens. */
export const consumeSignInLink = async (
  db: Database,
  hash: string,
  now: number,
): Promise<{ kind: "ok"; also: Scope[] } | { kind: "used" | "expired" | "unknown" }> => {
  const won = await db
    .update(signInLinks)
    .set({ usedAt: now })
    .where(and(eq(signInLinks.hash, hash), isNull(signInLinks.usedAt), gt(signInLinks.expiresAt, now)))
    .returning({ also: signInLinks.also });
  if (won[0] !== undefined) return { kind: "ok", also: JSON.parse(won[0].also) as Scope[] };
  const [row] = await db.select().from(signInLinks).where(eq(signInLinks.hash, hash));
  if (!row) return { kind: "unknown" };
  return { kind: row.usedAt === null ? "expired" : "used" };
};

export const insertOperatorSession = async (
  db: Database,
  session: { hash: string; createdAt: number; expiresAt: number; also: readonly Scope[] },
): Promise<void> => {
  await db.insert(operatorSessions).values({ ...session, also: JSON.stringify(session.also) });
};

/** What the session may do; null when there is none. */
export const findOperatorSession = async (
  db: Database,
  hash: string,
  now: number,
): Promise<Scope[] | null> => {
  const [row] = await db
    .select({ also: operatorSessions.also })
    .from(operatorSessions)
    .where(and(eq(operatorSessions.hash, hash), gt(operatorSessions.expiresAt, now)));
  return row === undefined ? null : ["marketing:read", ...(JSON.parse(row.also) as Scope[])];
};

export const endOperatorSession = async (db: Database, hash: string): Promise<void> => {
  await db.delete(operatorSessions).where(eq(operatorSessions.hash, hash));
};
