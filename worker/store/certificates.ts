// Certificates of erasures, found by an id that cannot be guessed.

import { eq } from "drizzle-orm";
import { erasureCertificates } from "../../schema/tables-people.ts";
import type { Database } from "./database.ts";

export type CertificateRow = typeof erasureCertificates.$inferSelect;

export const findCertificate = async (db: Database, id: string): Promise<CertificateRow | null> => {
  const [row] = await db.select().from(erasureCertificates).where(eq(erasureCertificates.id, id));
  return row ?? null;
};
