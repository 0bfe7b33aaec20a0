// Whole chains of consent records: the live one of a subject, and the sealed ones of whoever was erased.

import { asc, eq, inArray, sql } from "drizzle-orm";
import type { SubjectKey } from "../../schema/ids.ts";
import { consentProofs, consents, wordings } from "../../schema/tables-people.ts";
import type { Database } from "./database.ts";

export type ChainRow = typeof consents.$inferSelect;
export type ProofRow = typeof consentProofs.$inferSelect;

/** In the order of the chain. */
export const readChain = async (db: Database, subject: SubjectKey): Promise<ChainRow[]> =>
  db.select().from(consents).where(eq(consents.subject, subject)).orderBy(asc(consents.sequence));

/** Oldest generation first, each in the order of its chain. */
export const readProofs = async (db: Database, tags: readonly string[]): Promise<ProofRow[]> =>
  db
    .select()
    .from(consentProofs)
    .where(inArray(consentProofs.tag, sql`(SELECT value FROM json_each(${JSON.stringify(tags)}))`))
    .orderBy(asc(consentProofs.generation), asc(consentProofs.sequence));

/** Whose receipt it is: a subject, or the tag of somebody who was erased. */
export const ownerOfReceipt = async (
  db: Database,
  receiptId: string,
): Promise<{ kind: "subject"; subject: SubjectKey } | { kind: "tag"; tag: string } | null> => {
  const [[live], [sealed]] = await db.batch([
    db.select({ subject: consents.subject }).from(consents).where(eq(consents.receiptId, receiptId)).limit(1),
    db
      .select({ tag: consentProofs.tag })
      .from(consentProofs)
      .where(eq(consentProofs.receiptId, receiptId))
      .limit(1),
  ]);
  if (live) return { kind: "subject", subject: live.subject as SubjectKey };
  return sealed ? { kind: "tag", tag: sealed.tag } : null;
};

/** The texts of the given hashes. */
export const textsOf = async (
  db: Database,
  hashes: readonly string[],
): Promise<(typeof wordings.$inferSelect)[]> =>
  hashes.length === 0
    ? []
    : db
        .select()
        .from(wordings)
        .where(inArray(wordings.hash, sql`(SELECT value FROM json_each(${JSON.stringify(hashes)}))`));
