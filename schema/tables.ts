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
    /** The only source that it may tell of; null: any, and the SDKs' addresses not at all. */
    source: text(),
    /** 1: it stands in pages that anybody reads, and so may only tell events, and is believed less. */
    browser: integer().notNull().default(0),
  },
  (t) => [uniqueIndex("api_keys_hash").on(t.hash)],
);

export const signInLinks = sqliteTable("sign_in_links", {
  hash: text().primaryKey(),
  createdAt: integer().notNull(),
  expiresAt: integer().notNull(),
  usedAt: integer(),
  /** JSON array: what its session may do besides reading marketing's numbers. */
  also: text().notNull().default("[]"),
});

/** Operators signed in on the dashboard; the cookie holds the secret, the table its hash. */
export const operatorSessions = sqliteTable("operator_sessions", {
  hash: text().primaryKey(),
  createdAt: integer().notNull(),
  expiresAt: integer().notNull(),
  /** As of the link. */
  also: text().notNull().default("[]"),
});

/** What operators and keys changed. */
export const audit = sqliteTable("audit", {
  id: text().primaryKey(),
  at: integer().notNull(),
  actor: text().notNull(),
  action: text().notNull(),
  target: text().notNull(),
});

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
