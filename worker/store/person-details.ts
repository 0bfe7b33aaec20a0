// What a person told of themselves, and the links that verify an e-mail. Every change is one batch that fails whole where
// the person was erased in the meantime.

import { and, count, eq, gt, type SQL, sql } from "drizzle-orm";
import type { SubjectKey } from "../../schema/ids.ts";
import { consents, emailLinks, evidence, identifiers, personDetails } from "../../schema/tables-people.ts";
import { updated } from "./change-log.ts";
import type { Database } from "./database.ts";
import { putIdentifier } from "./identifier-rows.ts";
import { link } from "./linking.ts";
import { decideAgain, decideAgainAbout } from "./pending.ts";
import { runOrRefuse } from "./run-or-refuse.ts";
import { isErasedSince, refusalWhere } from "./tombstones.ts";

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

/**
 * An address that is the person's no more: its evidence goes, also what joins it with orders by this person's consent, and
 * its value unless somebody else has proven it too.
 */
const forgetEmail = (subject: SubjectKey, emailKey: string, at: number): SQL[] => [
  decideAgain(
    sql`SELECT ${subject} AS key UNION SELECT ${emailKey}
      UNION SELECT b FROM ${evidence} WHERE ${ofEmail(subject, emailKey)}`,
    at,
  ),
  sql`DELETE FROM ${evidence} WHERE ${ofEmail(subject, emailKey)}`,
  sql`DELETE FROM ${identifiers} WHERE key = ${emailKey} AND kind = 'email' AND NOT EXISTS (
    SELECT 1 FROM ${evidence} WHERE a = ${emailKey} OR b = ${emailKey})`,
];

const ofEmail = (subject: SubjectKey, emailKey: string): SQL => sql`source = 'portal' AND (
  (a = ${subject} AND b = ${emailKey}) OR (a = ${emailKey} AND consent_id IN (
    SELECT g.id FROM ${consents} g WHERE g.subject = ${subject} AND g.purpose = 'profile_linking')))`;

const isNobody = (subject: SubjectKey, tags: readonly string[], at: number): SQL =>
  sql`(NOT EXISTS (SELECT 1 FROM ${identifiers} WHERE key = ${subject}) OR ${isErasedSince(tags, at)})`;

/** `refused`: nothing is held of this person, so nothing is added. */
export const saveDetails = async (
  db: Database,
  row: DetailsRow,
  change: { before: DetailsRow | null; tags: readonly string[]; link: EmailLinkRow | null },
): Promise<"done" | "refused"> => {
  const subject = row.subject as SubjectKey;
  const old = change.before?.emailKey ?? null;
  const { link: newLink } = change;
  return runOrRefuse(db, [
    refusalWhere(isNobody(subject, change.tags, row.updatedAt)),
    sql`INSERT INTO ${personDetails} (subject, name, email, email_key, email_verified_at, updated_at)
      VALUES (${subject}, ${row.name}, ${row.email}, ${row.emailKey}, ${row.emailVerifiedAt}, ${row.updatedAt})
      ON CONFLICT (subject) DO UPDATE SET name = excluded.name, email = excluded.email,
        email_key = excluded.email_key, email_verified_at = excluded.email_verified_at,
        updated_at = excluded.updated_at`,
    ...(old === null || old === row.emailKey ? [] : forgetEmail(subject, old, row.updatedAt)),
    ...(newLink === null
      ? []
      : [
          sql`INSERT INTO ${emailLinks} (hash, subject, email_key, created_at, expires_at)
            VALUES (${newLink.hash}, ${subject}, ${newLink.emailKey}, ${newLink.createdAt}, ${newLink.expiresAt})`,
        ]),
    ...updated(sql`SELECT ${subject}`, row.updatedAt),
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

export interface EmailProof {
  /** The address sealed as an identifier of the store realm. */
  readonly sealed: string;
  readonly messageId: string;
  readonly at: number;
  /** Under which an erasure of the address would be known. */
  readonly tags: readonly string[];
  /** The same address in the commerce realm. */
  readonly commerce: SubjectKey;
}

/** The identifier, the evidence and the end of the link in one batch. `refused`: another use was first. */
export const verifyLink = async (
  db: Database,
  { hash, subject, emailKey }: EmailLinkRow,
  { sealed, messageId, at, tags, commerce }: EmailProof,
): Promise<"done" | "refused"> => {
  const id = `email/${hash}`;
  return runOrRefuse(db, [
    refusalWhere(sql`NOT EXISTS (
      SELECT 1 FROM ${emailLinks} l JOIN ${personDetails} d ON d.subject = l.subject AND d.email_key = l.email_key
      WHERE l.hash = ${hash} AND l.used_at IS NULL)`),
    sql`UPDATE ${emailLinks} SET used_at = ${at} WHERE hash = ${hash}`,
    sql`UPDATE ${personDetails} SET email_verified_at = ${at}, updated_at = ${at} WHERE subject = ${subject}`,
    ...putIdentifier({ key: emailKey, kind: "email", sealed, at, proven: "proven", tags }),
    sql`INSERT INTO ${evidence} (id, a, b, trust, source, message_id, observed_at)
      VALUES (${id}, ${subject}, ${emailKey}, 1, 'portal', ${messageId}, ${at})`,
    decideAgainAbout([subject, emailKey], at),
    ...link({
      id: `portal/${id}`,
      subject: subject as SubjectKey,
      proven: emailKey,
      commerce,
      messageId,
      at,
    }),
    ...updated(sql`SELECT ${subject}`, at),
  ]);
};
