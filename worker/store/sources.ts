// Sources that tell of people, each with the right by which it does. A revoked one stays: what it told still has a name.

import { and, asc, eq, inArray, isNotNull, isNull } from "drizzle-orm";
import type { SourceId } from "../../schema/ids.ts";
import type { SourceConfig } from "../../schema/sources.ts";
import { sourceSecrets } from "../../schema/tables-channels.ts";
import { sources } from "../../schema/tables-identity.ts";
import { SOURCE_BASES, type SourceBasis } from "../../schema/wire/channels.ts";
import { type Audit, auditRow, auditRowWhere } from "./audit.ts";
import type { Database } from "./database.ts";

export interface Source {
  id: SourceId;
  kind: string;
  name: string;
  basis: SourceBasis;
  priority: number;
  createdAt: number;
  revokedAt: number | null;
  config: SourceConfig;
}

const basisOf = (text: string): SourceBasis => {
  const basis = SOURCE_BASES.find((one) => one === text);
  if (basis === undefined) throw new Error(`A source is stored with the basis ${text}, which is none`);
  return basis;
};

const toSource = (row: typeof sources.$inferSelect): Source => ({
  ...row,
  id: row.id as SourceId,
  basis: basisOf(row.basis),
  config: JSON.parse(row.config) as SourceConfig,
});

export const listSources = async (db: Database): Promise<Source[]> =>
  (await db.select().from(sources).orderBy(asc(sources.priority), asc(sources.id))).map(toSource);

/** Null when it is unknown or revoked. */
export const findSource = async (db: Database, id: string): Promise<Source | null> => {
  const [row] = await db
    .select()
    .from(sources)
    .where(and(eq(sources.id, id), isNull(sources.revokedAt)));
  return row ? toSource(row) : null;
};

/** False when the id was ever given: two sources of one name would be one in everything they told. */
export const insertSource = async (db: Database, source: Source, audit: Audit): Promise<boolean> => {
  const [existing] = await db.select({ id: sources.id }).from(sources).where(eq(sources.id, source.id));
  if (existing) return false;
  const [inserted] = await db.batch([
    db
      .insert(sources)
      .values({ ...source, config: JSON.stringify(source.config) })
      .onConflictDoNothing()
      .returning({ id: sources.id }),
    auditRow(db, audit),
  ]);
  return inserted.length === 1;
};

/** False when it is unknown or revoked; then nothing is written. */
export const updateSourceConfig = async (
  db: Database,
  id: SourceId,
  config: SourceConfig,
  audit: Audit,
): Promise<boolean> => {
  const standing = and(eq(sources.id, id), isNull(sources.revokedAt));
  const [, changed] = await db.batch([
    auditRowWhere(db, audit, sources, standing),
    db
      .update(sources)
      .set({ config: JSON.stringify(config) })
      .where(standing)
      .returning({ id: sources.id }),
  ]);
  return changed.length === 1;
};

/** Its secrets go with it. False when it is unknown or revoked already; then nothing is written. */
export const revokeSource = async (db: Database, id: SourceId, audit: Audit): Promise<boolean> => {
  const standing = and(eq(sources.id, id), isNull(sources.revokedAt));
  const [, changed] = await db.batch([
    auditRowWhere(db, audit, sources, standing),
    db.update(sources).set({ revokedAt: audit.at }).where(standing).returning({ id: sources.id }),
    db.delete(sourceSecrets).where(
      inArray(
        sourceSecrets.source,
        db
          .select({ id: sources.id })
          .from(sources)
          .where(and(eq(sources.id, id), isNotNull(sources.revokedAt))),
      ),
    ),
  ]);
  return changed.length === 1;
};
