// The secrets of sources, sealed: of one source and purpose at most two are valid at once, so that one can be changed
// without losing a webhook. What has ended is removed when a new one comes.

import { and, asc, eq, gt, isNull, or, sql } from "drizzle-orm";
import type { SourceId } from "../../schema/ids.ts";
import { SECRET_PURPOSES, type SecretPurpose } from "../../schema/sources.ts";
import { sourceSecrets } from "../../schema/tables-channels.ts";
import { sources } from "../../schema/tables-identity.ts";
import { type Audit, auditRowWhere, auditSql } from "./audit.ts";
import type { Database } from "./database.ts";
import { runAll } from "./run-all.ts";

const MOST_VALID = 2;

export interface SourceSecret {
  readonly id: string;
  readonly source: SourceId;
  readonly purpose: SecretPurpose;
  /** Under `source-secret/{id}`. */
  readonly sealed: string;
  readonly createdAt: number;
  readonly endsAt: number | null;
}

export const secretContext = (id: string): string => `source-secret/${id}`;

const purposeOf = (text: string): SecretPurpose => {
  const purpose = SECRET_PURPOSES.find((one) => one === text);
  if (purpose === undefined) throw new Error(`A secret is stored for ${text}, which is no purpose`);
  return purpose;
};

const toSecret = (row: typeof sourceSecrets.$inferSelect): SourceSecret => ({
  ...row,
  source: row.source as SourceId,
  purpose: purposeOf(row.purpose),
});

const standing = (now: number) => or(isNull(sourceSecrets.endsAt), gt(sourceSecrets.endsAt, now));
const order = [asc(sourceSecrets.purpose), asc(sourceSecrets.createdAt), asc(sourceSecrets.id)];

/** Those that are valid, the oldest first of each purpose. */
export const validSecrets = async (db: Database, source: SourceId, now: number): Promise<SourceSecret[]> =>
  (
    await db
      .select()
      .from(sourceSecrets)
      .where(and(eq(sourceSecrets.source, source), standing(now)))
      .orderBy(...order)
  ).map(toSecret);

export const listSecrets = async (db: Database, source: SourceId): Promise<SourceSecret[]> =>
  (
    await db
      .select()
      .from(sourceSecrets)
      .where(eq(sourceSecrets.source, source))
      .orderBy(...order)
  ).map(toSecret);

/** For which purposes each source has a valid secret. */
export const purposesHeld = async (
  db: Database,
  now: number,
): Promise<ReadonlyMap<string, ReadonlySet<SecretPurpose>>> => {
  const rows = await db
    .selectDistinct({ source: sourceSecrets.source, purpose: sourceSecrets.purpose })
    .from(sourceSecrets)
    .where(standing(now));
  const held = new Map<string, Set<SecretPurpose>>();
  for (const { source, purpose } of rows)
    held.set(source, (held.get(source) ?? new Set()).add(purposeOf(purpose)));
  return held;
};

/** False, and nothing is written, where two are valid already or the source is revoked. */
export const insertSecret = async (db: Database, secret: SourceSecret, audit: Audit): Promise<boolean> => {
  const { id, source, purpose, sealed, createdAt } = secret;
  const same = sql`source = ${source} AND purpose = ${purpose}`;
  const room = sql`EXISTS (SELECT 1 FROM ${sources} WHERE id = ${source} AND revoked_at IS NULL)
    AND (SELECT count(*) FROM ${sourceSecrets}
      WHERE ${same} AND (ends_at IS NULL OR ends_at > ${createdAt})) < ${MOST_VALID}`;
  const [, , inserted] = await runAll(db, [
    auditSql(audit, room),
    sql`DELETE FROM ${sourceSecrets} WHERE ${same} AND ends_at <= ${createdAt}`,
    sql`INSERT INTO ${sourceSecrets} (id, source, purpose, sealed, created_at, ends_at)
      SELECT ${id}, ${source}, ${purpose}, ${sealed}, ${createdAt}, NULL WHERE ${room}`,
  ]);
  return inserted === 1;
};

/** False when there is no such secret, or it has ended. */
export const endSecret = async (
  db: Database,
  source: SourceId,
  id: string,
  endsAt: number,
  audit: Audit,
): Promise<boolean> => {
  const where = and(eq(sourceSecrets.id, id), eq(sourceSecrets.source, source), standing(audit.at));
  const [, changed] = await db.batch([
    auditRowWhere(db, audit, sourceSecrets, where),
    db.update(sourceSecrets).set({ endsAt }).where(where).returning({ id: sourceSecrets.id }),
  ]);
  return changed.length === 1;
};
