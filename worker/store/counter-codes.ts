// Codes that a shopper shows at the counter: kept as hashes, good for one use until their end.

import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { SubjectKey } from "../../schema/ids.ts";
import { counterCodes } from "../../schema/tables-rights.ts";
import type { Database } from "./database.ts";
import { runAll } from "./run-all.ts";

/** False: `most` of the person's codes can still be used. */
export const insertCounterCode = async (
  db: Database,
  code: { hash: string; subject: SubjectKey; expiresAt: number },
  { most, now }: { most: number; now: number },
): Promise<boolean> => {
  const { hash, subject, expiresAt } = code;
  const [inserted] = await runAll(db, [
    sql`INSERT INTO ${counterCodes} (hash, subject, expires_at, used_at)
      SELECT ${hash}, ${subject}, ${expiresAt}, NULL
      WHERE (SELECT count(*) FROM ${counterCodes}
        WHERE expires_at > ${now} AND subject = ${subject} AND used_at IS NULL) < ${most}`,
  ]);
  return inserted === 1;
};

export type TakenCode =
  | { readonly kind: "taken"; readonly subject: SubjectKey }
  | { readonly kind: "used" | "expired" | "unknown" };

/** Uses a code up: of any number of calls at most one gets `taken`. */
export const takeCounterCode = async (db: Database, hash: string, now: number): Promise<TakenCode> => {
  const [won] = await db
    .update(counterCodes)
    .set({ usedAt: now })
    .where(and(eq(counterCodes.hash, hash), isNull(counterCodes.usedAt), gt(counterCodes.expiresAt, now)))
    .returning({ subject: counterCodes.subject });
  if (won !== undefined) return { kind: "taken", subject: won.subject as SubjectKey };
  const [row] = await db.select().from(counterCodes).where(eq(counterCodes.hash, hash));
  if (row === undefined) return { kind: "unknown" };
  return { kind: row.usedAt === null ? "expired" : "used" };
};
