// The consent ledger as it is read, and the claim of a device. What appends to it is in commit-ledger.ts.

import { and, asc, eq, inArray, isNotNull, isNull, notExists, or, sql } from "drizzle-orm";
import type { BranchId, DeviceToken, SubjectKey } from "../../schema/ids.ts";
import { consentProofs, consents, identifiers, wordings } from "../../schema/tables-people.ts";
import { deviceFacts } from "../../schema/tables.ts";
import { answersOf } from "../core/consent/answers.ts";
import type { Answer } from "../core/consent/permission.ts";
import type { ConsentEntry, SealedConsent } from "../core/consent/record.ts";
import type { Database } from "./database.ts";
import { personOf } from "./person-of.ts";
import { isErasedSince } from "./tombstones.ts";

export interface StoredConsent extends SealedConsent {
  receiptId: string;
  wordingText: string;
}

export interface SubjectLedger {
  tail: { sequence: number; hash: string } | null;
  answers: Answer[];
}

/**
 * What a new entry depends on: the end of the chain, all earlier answers, and what anybody of the same profile has withdrawn:
 * that ends older grants of all of them. One statement.
 */
export const readLedger = async (db: Database, subject: SubjectKey): Promise<SubjectLedger> => {
  const rows = await db
    .select()
    .from(consents)
    .where(
      or(
        eq(consents.subject, subject),
        and(eq(consents.state, "withdrawn"), inArray(consents.subject, personOf(subject))),
      ),
    )
    .orderBy(asc(consents.sequence));
  const last = rows.findLast((row) => row.subject === subject);
  return {
    tail: last ? { sequence: last.sequence, hash: last.hash } : null,
    answers: answersOf(rows),
  };
};

/** The receipt that a commit with this id made before, also if its person was erased since, and when; or null. */
export const receiptOfConsent = async (
  db: Database,
  id: string,
): Promise<{ receiptId: string; at: number } | null> => {
  const [row] = await db
    .select({ receiptId: consents.receiptId, at: sql<number>`${consents.at}`.as("at") })
    .from(consents)
    .where(eq(consents.id, id))
    .unionAll(
      db
        .select({ receiptId: consentProofs.receiptId, at: sql<number>`0`.as("at") })
        .from(consentProofs)
        .where(eq(consentProofs.id, id)),
    );
  return row ?? null;
};

/** Whether anybody's recognition was ever tied to the device. */
export const isKnownDevice = async (db: Database, device: DeviceToken): Promise<boolean> => {
  const [row] = await db
    .select({ seq: deviceFacts.seq })
    .from(deviceFacts)
    .where(and(eq(deviceFacts.device, device), isNotNull(deviceFacts.subject)))
    .limit(1);
  return row !== undefined;
};

export interface DeviceOwner {
  device: DeviceToken;
  /** Null: nobody's, who ends an earlier owner's claim. */
  subject: SubjectKey | null;
  branchId: BranchId;
}

/** Ties a device to a person, once for each time of proof, unless the person was erased since. */
export const insertSignIn = async (
  db: Database,
  { device, subject, branchId, at, tags }: DeviceOwner & { at: number; tags: readonly string[] },
): Promise<void> => {
  const same = db
    .select({ one: sql`1` })
    .from(deviceFacts)
    .where(
      and(
        eq(deviceFacts.device, device),
        eq(deviceFacts.kind, "sign_in"),
        subject === null ? isNull(deviceFacts.subject) : eq(deviceFacts.subject, subject),
        eq(deviceFacts.at, at),
      ),
    );
  // One statement: of two claims at once the second finds the first.
  await db.insert(deviceFacts).select(
    db
      .select({
        seq: sql<number>`null`.as("seq"),
        kind: sql<string>`'sign_in'`.as("kind"),
        device: sql<string>`${device}`.as("device"),
        subject: sql<string | null>`${subject}`.as("subject"),
        branchId: sql<string>`${branchId}`.as("branch_id"),
        at: sql<number>`${at}`.as("at"),
        state: sql<string | null>`null`.as("state"),
      })
      .from(sql`(SELECT 1)`)
      .where(and(notExists(same), sql`NOT ${isErasedSince(tags, at)}`)),
  );
};

/** A receipt's records, in the order of the chain, with the texts that were shown. */
export const consentsOfReceipt = async (db: Database, receiptId: string): Promise<StoredConsent[]> => {
  const rows = await db
    .select()
    .from(consents)
    .where(eq(consents.receiptId, receiptId))
    .orderBy(asc(consents.sequence));
  const entries = rows.map((row) => ({ row, entry: JSON.parse(row.record) as ConsentEntry }));
  const texts = await Promise.all(
    entries.map(({ entry }) => db.select().from(wordings).where(eq(wordings.hash, entry.wording.hash))),
  );
  return entries.map(({ row, entry }, index) => ({
    entry,
    hash: row.hash,
    signature: row.signature,
    keyId: row.keyId,
    receiptId: row.receiptId,
    wordingText: texts[index]?.[0]?.text ?? "",
  }));
};

export const findIdentifier = async (
  db: Database,
  key: SubjectKey,
): Promise<{ kind: string; sealed: string } | null> => {
  const [row] = await db
    .select({ kind: identifiers.kind, sealed: identifiers.sealed })
    .from(identifiers)
    .where(eq(identifiers.key, key));
  return row ?? null;
};
