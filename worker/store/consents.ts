// The consent ledger's rows. An append is one D1 batch with everything that follows from it, guarded by the unique
// (subject, sequence): of two writers at one end of a chain the second fails whole and starts again.

import { and, asc, eq, isNotNull, isNull, notExists, type SQL, sql } from "drizzle-orm";
import type { BranchId, DeviceToken, SubjectKey } from "../../schema/ids.ts";
import { consentProofs, consents, identifiers, wordings } from "../../schema/tables-people.ts";
import { deviceFacts } from "../../schema/tables.ts";
import { answersOf } from "../core/consent/answers.ts";
import { canonicalEntry } from "../core/consent/canonical.ts";
import type { Answer } from "../core/consent/permission.ts";
import type { ConsentEntry, SealedConsent } from "../core/consent/record.ts";
import type { Database } from "./database.ts";
import { isConflict, isErasedSince, refuseWhere } from "./tombstones.ts";

export interface StoredConsent extends SealedConsent {
  receiptId: string;
  wordingText: string;
}

export interface SubjectLedger {
  tail: { sequence: number; hash: string } | null;
  answers: Answer[];
}

/** What a new entry depends on: the end of the chain and all earlier answers. One statement. */
export const readLedger = async (db: Database, subject: SubjectKey): Promise<SubjectLedger> => {
  const rows = await db
    .select()
    .from(consents)
    .where(eq(consents.subject, subject))
    .orderBy(asc(consents.sequence));
  const last = rows.at(-1);
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

export interface LedgerCommit {
  subject: SubjectKey;
  /** Under which an erasure of the subject would be known. */
  tags: readonly string[];
  /** The end of the chain that the entries continue. */
  tail: { sequence: number; hash: string } | null;
  /** Of the store realm. */
  identifier: { kind: string; sealed: string };
  receiptId: string;
  /** With the id of each row, made beforehand so that a repeat is refused. */
  entries: { id: string; consent: SealedConsent; wordingText: string }[];
  permissions: { state: "granted" | "withdrawn"; at: number }[];
  /** Null where the device is not to be tied to anybody, or none was named. */
  signIn: { device: DeviceToken; subject: SubjectKey | null; branchId: BranchId } | null;
  at: number;
}

/** An erasure takes the chain away; what was begun before it may not go on from where it ended. */
const isOutdated = ({ subject, tags, tail, at }: LedgerCommit): SQL => {
  const end =
    tail &&
    sql`EXISTS (SELECT 1 FROM ${consents} WHERE subject = ${subject} AND sequence = ${tail.sequence}
      AND hash = ${tail.hash})`;
  return end ? sql`(NOT ${end} OR ${isErasedSince(tags, at)})` : isErasedSince(tags, at);
};

/** `conflict`: another writer or an erasure was first; nothing of this commit was stored. */
export const commitLedger = async (db: Database, commit: LedgerCommit): Promise<"committed" | "conflict"> => {
  const { subject, at, signIn } = commit;
  const identifier = {
    key: subject,
    realm: "store",
    ...commit.identifier,
    firstSeenAt: at,
    lastSeenAt: at,
  };
  const first = db
    .insert(identifiers)
    .values(identifier)
    .onConflictDoUpdate({ target: identifiers.key, set: { lastSeenAt: at } });
  const rest = [
    refuseWhere(db, isOutdated(commit)),
    ...commit.entries.flatMap(({ id, consent, wordingText }) => {
      const { entry, hash, signature, keyId } = consent;
      const { sequence, purpose, state, wording } = entry;
      const record = canonicalEntry(entry);
      const { receiptId } = commit;
      return [
        db
          .insert(wordings)
          .values({ ...wording, purpose, text: wordingText })
          .onConflictDoNothing(),
        db
          .insert(consents)
          .values({ id, subject, sequence, purpose, state, at, record, hash, signature, keyId, receiptId }),
      ];
    }),
    ...commit.permissions.map((permission) =>
      db.insert(deviceFacts).values({ kind: "permission", subject, ...permission }),
    ),
    ...(signIn === null ? [] : [db.insert(deviceFacts).values({ kind: "sign_in", at, ...signIn })]),
  ];
  try {
    await db.batch([first, ...rest]);
    return "committed";
  } catch (error) {
    if (isConflict(error)) return "conflict";
    throw error;
  }
};

/** Ties a device to a person, once for each time of proof, unless the person was erased since. */
export const insertSignIn = async (
  db: Database,
  {
    device,
    subject,
    branchId,
    at,
    tags,
  }: NonNullable<LedgerCommit["signIn"]> & { at: number; tags: readonly string[] },
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
