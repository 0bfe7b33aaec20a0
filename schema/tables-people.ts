// The D1 tables about people: the portal's sessions, identifiers, consents, what a person gave, and what an erasure
// leaves. Rules as in tables.ts.

import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

export const portalSessions = sqliteTable(
  "portal_sessions",
  {
    id: text().primaryKey(),
    gatewayId: text().notNull(),
    /** Sealed JSON of the session: device, phone and choices are in it. */
    sealed: text().notNull(),
    expiresAt: integer().notNull(),
    revision: integer().notNull(),
  },
  (t) => [index("portal_sessions_expires").on(t.expiresAt)],
);

/** Logins with Zalo under way; codes, states and Zalo's answers as base64url SHA-256. */
export const loginStates = sqliteTable(
  "login_states",
  {
    stateHash: text().primaryKey(),
    codeHash: text().notNull(),
    /** Sealed JSON of the login: what it is for and its verifier. */
    sealed: text().notNull(),
    expiresAt: integer().notNull(),
    /** The answer that took it; null while there is none. */
    answerHash: text(),
  },
  (t) => [uniqueIndex("login_states_code").on(t.codeHash), index("login_states_expires").on(t.expiresAt)],
);

export const identifiers = sqliteTable(
  "identifiers",
  {
    /** Node key: HMAC-SHA-256(IDENTIFIER_KEY, realm, kind, value), first 16 bytes, base64url. */
    key: text().primaryKey(),
    realm: text().notNull(),
    kind: text().notNull(),
    /** AES-256-GCM. */
    sealed: text().notNull(),
    firstSeenAt: integer().notNull(),
    lastSeenAt: integer().notNull(),
    /** Newest proof of this very value (a code that was typed back, a login); null: only ever told. */
    verifiedAt: integer(),
    /** How often what it stands for was erased before (`tombstones`); a new generation gives new profile ids. */
    generation: integer().notNull().default(0),
    /** 1: an operator says that the value says nothing about anyone. */
    blocked: integer().notNull().default(0),
    /** 0: only ever imported, without an act of the person's own; never used for marketing. */
    userInitiated: integer().notNull().default(1),
  },
  (t) => [
    index("identifiers_commerce_seen")
      .on(t.lastSeenAt)
      .where(sql`realm = 'commerce'`),
  ],
);

/** Every text a shopper was ever shown beside a box. */
export const wordings = sqliteTable("wordings", {
  hash: text().primaryKey(),
  id: text().notNull(),
  version: text().notNull(),
  language: text().notNull(),
  purpose: text().notNull(),
  text: text().notNull(),
});

/** The append-only consent ledger, a hash chain per subject. */
export const consents = sqliteTable(
  "consents",
  {
    id: text().primaryKey(),
    subject: text().notNull(),
    sequence: integer().notNull(),
    purpose: text().notNull(),
    state: text().notNull(),
    at: integer().notNull(),
    /** Canonical JSON of the record, the bytes that were hashed and signed. */
    record: text().notNull(),
    hash: text().notNull(),
    signature: text().notNull(),
    keyId: text().notNull(),
    receiptId: text().notNull(),
    /** The text changed in substance: from then on the grant covers nothing, and the person is asked again. */
    outdatedAt: integer(),
  },
  (t) => [uniqueIndex("consents_chain").on(t.subject, t.sequence), index("consents_receipt").on(t.receiptId)],
);

/** What a person told of themselves, sealed. The subject has a row in `identifiers`. */
export const personDetails = sqliteTable("person_details", {
  subject: text().primaryKey(),
  name: text(),
  email: text(),
  /** Node key of the e-mail, realm store: what a link must still match. */
  emailKey: text(),
  emailVerifiedAt: integer(),
  updatedAt: integer().notNull(),
});

/** Links that verify an e-mail: single use, 24 h. */
export const emailLinks = sqliteTable(
  "email_links",
  {
    /** base64url SHA-256 of the token. */
    hash: text().primaryKey(),
    subject: text().notNull(),
    emailKey: text().notNull(),
    createdAt: integer().notNull(),
    expiresAt: integer().notNull(),
    usedAt: integer(),
  },
  (t) => [index("email_links_subject").on(t.subject), index("email_links_expires").on(t.expiresAt)],
);

/** That two identifiers belong together, and how that is known; rows are added, retracted, and removed by an erasure only. */
export const evidence = sqliteTable(
  "evidence",
  {
    id: text().primaryKey(),
    a: text().notNull(),
    b: text().notNull(),
    /** 1 proven, 2 asserted, 3 weak (design section 4). */
    trust: integer().notNull(),
    source: text().notNull(),
    messageId: text().notNull(),
    /** Of an assertion: the start of its UTC day, so that a pair has one a day and source however often it is told. */
    observedAt: integer().notNull(),
    /** The `profile_linking` grant it rests on. */
    consentId: text(),
    /** Retracted, or its consent withdrawn: it counts as never seen, however often it is told again. */
    retractedAt: integer(),
  },
  (t) => [index("evidence_a").on(t.a, t.observedAt), index("evidence_b").on(t.b, t.observedAt)],
);

/** Who was erased, as HMAC of the node key under a suppression key: only whoever names a person can ask for it. */
export const tombstones = sqliteTable(
  "tombstones",
  {
    tag: text().notNull(),
    generation: integer().notNull(),
    keyId: text().notNull(),
    erasedAt: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.tag, t.generation] })],
);

/** Consent records of the erased, sealed whole; opened for the `privacy` scope only. */
export const consentProofs = sqliteTable(
  "consent_proofs",
  {
    /** The id the record had, so that a repeat of its sign-in still changes nothing. */
    id: text().primaryKey(),
    tag: text().notNull(),
    generation: integer().notNull(),
    sequence: integer().notNull(),
    receiptId: text().notNull(),
    sealed: text().notNull(),
  },
  (t) => [
    uniqueIndex("consent_proofs_chain").on(t.tag, t.generation, t.sequence),
    index("consent_proofs_receipt").on(t.receiptId),
  ],
);

/** That somebody was erased, signed; it names nobody. */
export const erasureCertificates = sqliteTable("erasure_certificates", {
  id: text().primaryKey(),
  at: integer().notNull(),
  record: text().notNull(),
  hash: text().notNull(),
  signature: text().notNull(),
  keyId: text().notNull(),
});

/** Codes with which staff take their own phones out of the counts. */
export const staffCodes = sqliteTable("staff_codes", {
  /** base64url SHA-256 of the code. */
  hash: text().primaryKey(),
  branchId: text().notNull(),
  createdAt: integer().notNull(),
  expiresAt: integer().notNull(),
});
