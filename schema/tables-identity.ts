// The D1 tables of the profile graph: what was told of identifiers, what was decided from it, and what others follow.
// Rules as in tables.ts. Decisions (assignments, profiles, refused edges) can be made again from the facts at any time.

import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** Whoever tells us something about people, and by which right: consent | contract. `portal` is there from the start. */
export const sources = sqliteTable("sources", {
  id: text().primaryKey(),
  /** portal | pos | … */
  kind: text().notNull(),
  name: text().notNull(),
  basis: text().notNull(),
  /** Of equally good values the source with the smaller number is believed. */
  priority: integer().notNull(),
  createdAt: integer().notNull(),
  revokedAt: integer(),
  /** JSON of SourceConfig (schema/sources.ts): what a connector must know of it, and what its events need. */
  config: text().notNull().default("{}"),
});

/** What an operator states of two identifiers. */
export const identityStatements = sqliteTable(
  "identity_statements",
  {
    id: text().primaryKey(),
    a: text().notNull(),
    b: text().notNull(),
    /** same | not_same */
    says: text().notNull(),
    reason: text().notNull(),
    actor: text().notNull(),
    at: integer().notNull(),
    retractedAt: integer(),
  },
  (t) => [index("identity_statements_a").on(t.a), index("identity_statements_b").on(t.b)],
);

/** Values that say nothing about anyone, by node key; known before and after the identifier itself. */
export const blockedValues = sqliteTable("blocked_values", {
  key: text().primaryKey(),
  reason: text().notNull(),
  actor: text().notNull(),
  at: integer().notNull(),
});

/** Identifiers whose facts changed and about which nothing was decided yet: written with the facts, in their batch. */
export const identityPending = sqliteTable("identity_pending", {
  seq: integer().primaryKey({ autoIncrement: true }),
  key: text().notNull(),
  at: integer().notNull(),
});

/** Which profile an identifier is of, by the profile's anchor. WITHOUT ROWID in the migration. */
export const assignments = sqliteTable(
  "assignments",
  {
    key: text().primaryKey(),
    anchor: text().notNull(),
  },
  (t) => [index("assignments_anchor").on(t.anchor)],
);

/** One row a profile. WITHOUT ROWID in the migration. */
export const profiles = sqliteTable(
  "profiles",
  {
    /** Node key of the anchor. */
    anchor: text().primaryKey(),
    /** The public id: a keyed hash of anchor and generation. */
    id: text().notNull(),
    generation: integer().notNull(),
    /** One more with each decision about its members: whoever decided from an older one starts again. */
    revision: integer().notNull(),
    /** One more with everything that changes what the profile shows. */
    version: integer().notNull(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (t) => [uniqueIndex("profiles_id").on(t.id)],
);

/** Every profile id ever given, and the identifier it names. WITHOUT ROWID in the migration. */
export const aliases = sqliteTable(
  "aliases",
  {
    id: text().primaryKey(),
    key: text().notNull(),
    generation: integer().notNull(),
    givenAt: integer().notNull(),
  },
  (t) => [index("aliases_key").on(t.key)],
);

/** Edges that joined nobody, and the rule that said so. WITHOUT ROWID in the migration. */
export const refusedEdges = sqliteTable(
  "refused_edges",
  {
    a: text().notNull(),
    b: text().notNull(),
    rule: text().notNull(),
    /** JSON array: what the rule found. */
    because: text().notNull(),
    rulesVersion: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.a, t.b] }), index("refused_edges_b").on(t.b)],
);

/** Versions of the rules of identity; the one activated last is in force, without any the built-in one is. */
export const identityRules = sqliteTable("identity_rules", {
  version: text().primaryKey(),
  /** JSON of Rules. */
  rules: text().notNull(),
  actor: text().notNull(),
  createdAt: integer().notNull(),
  activatedAt: integer(),
});

/**
 * What happened to profiles, in commit order: the change feed, and what webhooks send. Types: schema/changes.ts.
 * 90 days.
 */
export const changes = sqliteTable(
  "changes",
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    type: text().notNull(),
    profileId: text().notNull(),
    /** JSON array of ids; null where there is none. */
    previousIds: text(),
    /** JSON: what a webhook says besides; null for plain changes of the profile. */
    data: text(),
    at: integer().notNull(),
  },
  (t) => [index("changes_profile").on(t.profileId)],
);

/** What a source tells of a person besides identifiers: name, birthday, … The newest by source. WITHOUT ROWID. */
export const traits = sqliteTable(
  "traits",
  {
    key: text().notNull(),
    name: text().notNull(),
    source: text().notNull(),
    /** Sealed under `trait/{key}/{name}/{source}`. */
    sealed: text().notNull(),
    /** 1: proven by the person. */
    proven: integer().notNull(),
    at: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.key, t.name, t.source] })],
);

/** Orders as their source told them last. WITHOUT ROWID in the migration. */
export const orders = sqliteTable(
  "orders",
  {
    /** Whose numbering the order id is of: the order book, which several sources may tell copies of. */
    source: text().notNull(),
    orderId: text().notNull(),
    /** Node key of the identifier it was placed under: the customer code, else the phone, else the e-mail. */
    subject: text().notNull(),
    /** When it was placed. */
    at: integer().notNull(),
    /** When the source changed it last: the newer telling wins. */
    updatedAt: integer().notNull(),
    branchId: text(),
    /** pos | web | zalo | shopee | … */
    channel: text().notNull(),
    /** placed | completed | cancelled | refunded */
    status: text().notNull(),
    /** As told; null where it was paid in another currency. */
    totalVnd: integer(),
    /** 1: refunds up to `updatedAt` are taken off `totalVnd`; 0: none is. Later ones are in `order_marks` in any case. */
    net: integer().notNull().default(1),
    currency: text().notNull(),
    /** Decimal text in the order's own currency. */
    total: text().notNull(),
    /** JSON array of {name, quantity, category?, sku?}. */
    items: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.source, t.orderId] }),
    index("orders_subject").on(t.subject, t.at),
    index("orders_at").on(t.at),
  ],
);
