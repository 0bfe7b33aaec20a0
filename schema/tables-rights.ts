// The D1 tables of rights, access and those who follow: requests with their due dates, restrictions, who read personal
// values, receivers of webhooks, codes for the counter. Rules as in tables.ts.

import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Data-subject requests; one of the shopper's own page is opened and closed at once. */
export const requests = sqliteTable(
  "requests",
  {
    id: text().primaryKey(),
    /** view | copy | correct | withdraw | object | restrict | erase | other */
    kind: text().notNull(),
    /** me | operator | channel */
    origin: text().notNull(),
    /** Node key of whom it is about; null once that person was erased. */
    subject: text(),
    /** Sealed under `request/{id}`: what was asked, and how to answer; null where there is nothing to say. */
    note: text(),
    receivedAt: integer().notNull(),
    /** 2 working days of Vietnam. */
    replyDueAt: integer().notNull(),
    dueAt: integer().notNull(),
    repliedAt: integer(),
    /** One extension, and why. */
    extendedAt: integer(),
    closedAt: integer(),
    /** done | refused; null while open. */
    outcome: text(),
    /** How it was done: a certificate's id, a receipt's, or the reason of a refusal. Names nobody. */
    proof: text(),
  },
  (t) => [index("requests_due").on(t.closedAt, t.dueAt), index("requests_subject").on(t.subject)],
);

/** Whoever asked that their data be kept and not used. */
export const restrictions = sqliteTable("restrictions", {
  subject: text().primaryKey(),
  requestId: text().notNull(),
  at: integer().notNull(),
});

/** Who read personal values: 12 months. */
export const accessLog = sqliteTable(
  "access_log",
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    at: integer().notNull(),
    actor: text().notNull(),
    /** lookup | profile | timeline | explain | export | counter | consents | request | breach */
    action: text().notNull(),
    /** Null once the person was erased. */
    profileId: text(),
    requestId: text().notNull(),
  },
  (t) => [index("access_log_at").on(t.at), index("access_log_profile").on(t.profileId)],
);

export const webhookEndpoints = sqliteTable("webhook_endpoints", {
  id: text().primaryKey(),
  url: text().notNull(),
  /** Sealed under `webhook/{id}`; the secrets (worker/objects/webhook/secrets.ts). */
  secret: text().notNull(),
  /** JSON array of types as webhooks call them; empty: all. */
  types: text().notNull(),
  createdAt: integer().notNull(),
  disabledAt: integer(),
  /** failing | gone */
  disabledBecause: text(),
});

/** Codes in the QR of the landing page: one use, 2 min. */
export const counterCodes = sqliteTable(
  "counter_codes",
  {
    /** base64url SHA-256 of the code. */
    hash: text().primaryKey(),
    subject: text().notNull(),
    expiresAt: integer().notNull(),
    usedAt: integer(),
  },
  (t) => [index("counter_codes_expires").on(t.expiresAt)],
);

/** Staff signed in at the counter with an API key: 12 h, or until the key is revoked. The cookie holds the secret. */
export const counterSessions = sqliteTable("counter_sessions", {
  /** base64url SHA-256 of the secret. */
  hash: text().primaryKey(),
  keyId: text().notNull(),
  createdAt: integer().notNull(),
  expiresAt: integer().notNull(),
});
