// What a person told of themselves, and the links that verify an e-mail. Every change is one batch that fails whole where
// the person was erased in the meantime.

import { and, count, eq, gt, type SQL, sql } from "drizzle-orm";
import type { SubjectKey } from "../../schema/ids.ts";
import { emailLinks, evidence, identifiers, personDetails } from "../../schema/tables-people.ts";
import type { Database } from "./database.ts";
import { runAll } from "./run-all.ts";
import { isConflict, isErasedSince, refusalWhere } from "./tombstones.ts";

export type DetailsRow = typeof personDetails.$inferSelect;
export type EmailLinkRow = typeof emailLinks.$inferSelect;

export const findDetails = async (db: Database, subject: SubjectKey): Promise<DetailsRow | null> => {
  const [row] = await db.select().from(personDetails).where(eq(personDetails.subject, subject));
  return row ?? null;
};

/** Links made after `since`, also those that were used. */
export const countLinks = async (db: Database, subject: SubjectKey, since: number): Promise<number> => {
  const [row] = await db
    .select({ n: count() })
    .from(emailLinks)
    .where(and(eq(emailLinks.subject, subject), gt(emailLinks.createdAt, since)));
  return row?.n ?? 0;
};

/** An address that is the person's no more: its evidence goes, and its value unless somebody else has proven it too. */
const forgetEmail = (subject: SubjectKey, emailKey: string): SQL[] => [
  sql`DELETE FROM ${evidence} WHERE a = ${subject} AND b = ${emailKey} AND source = 'portal'`,
  sql`DELETE FROM ${identifiers} WHERE key = ${emailKey} AND kind = 'email' AND NOT EXISTS (
    SELECT 1 FROM ${evidence} WHERE a = ${emailKey} OR b = ${emailKey})`,
];

const isNobody = (subject: SubjectKey, tags: readonly string[], at: number): SQL =>
  sql`(NOT EXISTS (SELECT 1 FROM ${identifiers} WHERE key = ${subject}) OR ${isErasedSince(tags, at)})`;

const settle = async (db: Database, statements: readonly SQL[]): Promise<"done" | "refused"> => {
  try {
    await runAll(db, statements);
    return "done";
  } catch (error) {
    if (isConflict(error)) return "refused";
    throw error;
  }
};

/** `refused`: nothing is held of this person, so nothing is added. */
export const saveDetails = async (
  db: Database,
  row: DetailsRow,
  change: { before: DetailsRow | null; tags: readonly string[]; link: EmailLinkRow | null },
): Promise<"done" | "refused"> => {
  const subject = row.subject as SubjectKey;
  const old = change.before?.emailKey ?? null;
  const { link } = change;
  return settle(db, [
    refusalWhere(isNobody(subject, change.tags, row.updatedAt)),
    sql`INSERT INTO ${personDetails} (subject, name, email, email_key, email_verified_at, updated_at)
      VALUES (${subject}, ${row.name}, ${row.email}, ${row.emailKey}, ${row.emailVerifiedAt}, ${row.updatedAt})
      ON CONFLICT (subject) DO UPDATE SET name = excluded.name, email = excluded.email,
        email_key = excluded.email_key, email_verified_at = excluded.email_verified_at,
        updated_at = excluded.updated_at`,
    ...(old === null || old === row.emailKey ? [] : forgetEmail(subject, old)),
    ...(link === null
      ? []
      : [
          sql`INSERT INTO ${emailLinks} (hash, subject, email_key, created_at, expires_at)
            VALUES (${link.hash}, ${subject}, ${link.emailKey}, ${link.createdAt}, ${link.expiresAt})`,
        ]),
  ]);
};

export const findLink = async (
  db: Database,
  hash: string,
): Promise<{ link: EmailLinkRow; details: DetailsRow | null } | null> => {
  const [row] = await db
    .select({ link: emailLinks, details: personDetails })
    .from(emailLinks)
    .leftJoin(personDetails, eq(personDetails.subject, emailLinks.subject))
    .where(eq(emailLinks.hash, hash));
  return row ?? null;
};

/** The identifier, the evidence and the end of the link in one batch. `refused`: another use was first. */
export const verifyLink = async (
  db: Database,
  { hash, subject, emailKey }: EmailLinkRow,
  { sealed, messageId, at }: { sealed: string; messageId: string; at: number },
): Promise<"done" | "refused"> =>
  settle(db, [
    refusalWhere(sql`NOT EXISTS (
      SELECT 1 FROM ${emailLinks} l JOIN ${personDetails} d ON d.subject = l.subject AND d.email_key = l.email_key
      WHERE l.hash = ${hash} AND l.used_at IS NULL)`),
    sql`UPDATE ${emailLinks} SET used_at = ${at} WHERE hash = ${hash}`,
    sql`UPDATE ${personDetails} SET email_verified_at = ${at}, updated_at = ${at} WHERE subject = ${subject}`,
    sql`INSERT INTO ${identifiers} (key, realm, kind, sealed, first_seen_at, last_seen_at)
      VALUES (${emailKey}, 'store', 'email', ${sealed}, ${at}, ${at})
      ON CONFLICT (key) DO UPDATE SET last_seen_at = excluded.last_seen_at`,
    sql`INSERT INTO ${evidence} (id, a, b, trust, source, message_id, observed_at)
      VALUES (${`email/${hash}`}, ${subject}, ${emailKey}, 1, 'portal', ${messageId}, ${at})`,
  ]);
