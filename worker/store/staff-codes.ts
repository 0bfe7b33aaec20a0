// Codes with which staff take their own phones out of the counts: made by an operator, good for any number of phones.

import { eq } from "drizzle-orm";
import type { BranchId } from "../../schema/ids.ts";
import { staffCodes } from "../../schema/tables-people.ts";
import { type Audit, auditRow } from "./audit.ts";
import type { Database } from "./database.ts";

export const insertStaffCode = async (
  db: Database,
  { hash, branchId, expiresAt }: { hash: string; branchId: BranchId; expiresAt: number },
  audit: Audit,
): Promise<void> => {
  await db.batch([
    db.insert(staffCodes).values({ hash, branchId, createdAt: audit.at, expiresAt }),
    auditRow(db, audit),
  ]);
};

export const findStaffCode = async (
  db: Database,
  hash: string,
): Promise<{ branchId: BranchId; expiresAt: number } | null> => {
  const [row] = await db.select().from(staffCodes).where(eq(staffCodes.hash, hash));
  return row ? { branchId: row.branchId as BranchId, expiresAt: row.expiresAt } : null;
};
