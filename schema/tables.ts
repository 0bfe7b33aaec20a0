// The D1 tables. Meaning, size and lifetime of each is in docs/storage.md; only worker/store reads this file.
// Times are epoch milliseconds; JSON columns hold values that are parsed again when read.

import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

export const branches = sqliteTable("branches", {
  id: text().primaryKey(),
  name: text().notNull(),
  timezone: text().notNull(),
  dayStartHour: integer().notNull(),
  /** JSON: only the definitions and report settings this branch overrides. */
  overrides: text().notNull(),
  createdAt: integer().notNull(),
  closedAt: integer(),
});

/** Brand-wide settings, one JSON value a key. */
export const settings = sqliteTable("settings", {
  key: text().primaryKey(),
  value: text().notNull(),
  updatedAt: integer().notNull(),
});

export const gateways = sqliteTable(
  "gateways",
  {
    id: text().primaryKey(),
    branchId: text().notNull(),
    kind: text().notNull(),
    name: text().notNull(),
    /** Sealed JSON of GatewaySettings; null where nothing is set. */
    settings: text(),
    createdAt: integer().notNull(),
    revokedAt: integer(),
  },
  (t) => [index("gateways_branch").on(t.branchId)],
);

export const agentCodes = sqliteTable("agent_codes", {
  /** base64url SHA-256 of the code. */
  hash: text().primaryKey(),
  branchId: text().notNull(),
  createdAt: integer().notNull(),
  expiresAt: integer().notNull(),
  usedAt: integer(),
});

export const agents = sqliteTable("agents", {
  id: text().primaryKey(),
  branchId: text().notNull(),
  name: text().notNull(),
  version: text().notNull(),
  /** base64url x of the Ed25519 key. */
  publicKey: text().notNull(),
  createdAt: integer().notNull(),
  revokedAt: integer(),
});

export const apiKeys = sqliteTable(
  "api_keys",
  {
    id: text().primaryKey(),
    name: text().notNull(),
    /** base64url SHA-256 of the key. */
    hash: text().notNull(),
    /** JSON array of scopes. */
    scopes: text().notNull(),
    createdAt: integer().notNull(),
    revokedAt: integer(),
  },
  (t) => [uniqueIndex("api_keys_hash").on(t.hash)],
);

export const signInLinks = sqliteTable("sign_in_links", {
  hash: text().primaryKey(),
  createdAt: integer().notNull(),
  expiresAt: integer().notNull(),
  usedAt: integer(),
});

/** Operators signed in on the dashboard; the cookie holds the secret, the table its hash. */
export const operatorSessions = sqliteTable("operator_sessions", {
  hash: text().primaryKey(),
  createdAt: integer().notNull(),
  expiresAt: integer().notNull(),
});

/** What operators and keys changed. */
export const audit = sqliteTable("audit", {
  id: text().primaryKey(),
  at: integer().notNull(),
  actor: text().notNull(),
  action: text().notNull(),
  target: text().notNull(),
});

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

export const identifiers = sqliteTable("identifiers", {
  /** Node key: HMAC-SHA-256(IDENTIFIER_KEY, realm, kind, value), first 16 bytes, base64url. */
  key: text().primaryKey(),
  realm: text().notNull(),
  kind: text().notNull(),
  /** AES-256-GCM. */
  sealed: text().notNull(),
  firstSeenAt: integer().notNull(),
  lastSeenAt: integer().notNull(),
});

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
  },
  (t) => [uniqueIndex("consents_chain").on(t.subject, t.sequence), index("consents_receipt").on(t.receiptId)],
);

/**
 * What branch objects must know of devices and owners, in commit order: `sign_in` (a null subject means a
 * person without recognition consent took the device over), `permission`, `exclusion`, `erasure` (names no subject; a
 * null device: facts of nobody's device went). Objects follow `seq`.
 */
export const deviceFacts = sqliteTable(
  "device_facts",
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    kind: text().notNull(),
    device: text(),
    subject: text(),
    branchId: text(),
    at: integer().notNull(),
    /** permission: granted | withdrawn; exclusion: on | off; erasure: JSON array of the `seq` that were erased. */
    state: text(),
  },
  (t) => [
    index("device_facts_device").on(t.device),
    index("device_facts_subject").on(t.subject),
    // Only withdrawals are in it, so it costs a sign-in nothing.
    index("device_facts_withdrawn")
      .on(t.at)
      .where(sql`state = 'withdrawn'`),
    index("device_facts_erasure")
      .on(t.at)
      .where(sql`kind = 'erasure'`),
  ],
);

/** Recognised visits; replaced as the complete set of (branch, day, device). WITHOUT ROWID in the migration. */
export const visits = sqliteTable(
  "visits",
  {
    branchId: text().notNull(),
    day: text().notNull(),
    device: text().notNull(),
    startedAt: integer().notNull(),
    endedAt: integer().notNull(),
    subject: text().notNull(),
    /** 1 when it counts as a visit, 0 for a passer. */
    counted: integer().notNull(),
    estimated: integer().notNull(),
    signedIn: integer().notNull(),
    randomised: integer().notNull(),
    definitions: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.branchId, t.day, t.device, t.startedAt] }),
    index("visits_subject").on(t.subject, t.startedAt),
  ],
);

/** The revision of each visit set; a higher one wins. WITHOUT ROWID in the migration. */
export const visitSets = sqliteTable(
  "visit_sets",
  {
    branchId: text().notNull(),
    day: text().notNull(),
    device: text().notNull(),
    revision: integer().notNull(),
    /** When this revision came. The row may only go once no older one can be on its way any more. */
    storedAt: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.branchId, t.day, t.device] })],
);

/** One row a branch and business day: absolute counts, the hours as JSON. WITHOUT ROWID in the migration. */
export const footfallDays = sqliteTable(
  "footfall_days",
  {
    branchId: text().notNull(),
    day: text().notNull(),
    revision: integer().notNull(),
    closed: integer().notNull(),
    definitions: text().notNull(),
    at: integer().notNull(),
    counts: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.branchId, t.day] })],
);

/** First visit of a person at a branch, kept when the visits themselves pass their retention. */
export const visitorFirsts = sqliteTable(
  "visitor_firsts",
  {
    branchId: text().notNull(),
    subject: text().notNull(),
    firstAt: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.branchId, t.subject] })],
);

export const deadLetters = sqliteTable(
  "dead_letters",
  {
    id: text().primaryKey(),
    queue: text().notNull(),
    body: text().notNull(),
    reason: text().notNull(),
    detail: text().notNull(),
    at: integer().notNull(),
    attempts: integer().notNull(),
    replayedAt: integer(),
  },
  (t) => [index("dead_letters_at").on(t.at)],
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

/** That two identifiers belong together, and how that is known; rows are added, and removed by an erasure only. */
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
    observedAt: integer().notNull(),
    consentId: text(),
  },
  (t) => [index("evidence_a").on(t.a), index("evidence_b").on(t.b)],
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
