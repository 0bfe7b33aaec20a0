// Rows of portal sessions. A save takes effect only on the revision it was made from.

import { and, eq } from "drizzle-orm";
import { portalSessions } from "../../schema/tables-people.ts";
import type { Database } from "./database.ts";

export type PortalSessionRow = typeof portalSessions.$inferSelect;

export const insertPortalSession = async (db: Database, row: PortalSessionRow): Promise<void> => {
  await db.insert(portalSessions).values(row);
};

export const findPortalSession = async (db: Database, id: string): Promise<PortalSessionRow | null> => {
  const [row] = await db.select().from(portalSessions).where(eq(portalSessions.id, id));
  return row ?? null;
};

export const deletePortalSession = async (db: Database, id: string): Promise<void> => {
  await db.delete(portalSessions).where(eq(portalSessions.id, id));
};

export const updatePortalSession = async (
  db: Database,
  id: string,
  revision: number,
  sealed: string,
): Promise<boolean> => {
  const saved = await db
    .update(portalSessions)
    .set({ sealed, revision: revision + 1 })
    .where(and(eq(portalSessions.id, id), eq(portalSessions.revision, revision)))
    .returning({ id: portalSessions.id });
  return saved.length === 1;
};
