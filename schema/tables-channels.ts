// The D1 tables of online channels: what happened there, what became of orders since they were told, and the secrets with
// which sources sign. Rules as in tables.ts.

import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * What happened in a channel, once each (source, message id): of repeats with other times the earliest stands. 13 months.
 * Whose an event without a `subject` is: worker/core/journeys/owners.ts. WITHOUT ROWID in the migration.
 */
export const events = sqliteTable(
  "events",
  {
    source: text().notNull(),
    messageId: text().notNull(),
    /** By our clock: what the sender's clock was wrong by is taken off. */
    at: integer().notNull(),
    /** track | page | screen | identify | group | alias | message | … (schema/events.ts) */
    type: text().notNull(),
    /** What the source calls it: `Product Viewed`, `follow`, … */
    name: text().notNull(),
    /** web | mini_app | zalo_oa | … */
    channel: text().notNull(),
    /** Where in a journey it stands (schema/events.ts), or null. */
    stage: text(),
    /** JSON of {source?, medium?, name?, term?, content?}. */
    campaign: text(),
    /** Node key of who is named in it; null: nobody is. */
    subject: text(),
    /** Node key of the browser or app in which it happened (`anonymous:{source}`); null where there is none, or no consent. */
    anonymous: text(),
    branchId: text(),
    /** in: from the person; out: to the person. Of messages only. */
    direction: text(),
    /** negative | neutral | positive, of messages from the person. */
    sentiment: text(),
    /** JSON array of {id?, sku?, name?, category?, quantity?}. */
    products: text(),
    orderId: text(),
    /** What it is about is worth, where that was told in VND. */
    valueVnd: integer(),
    /** JSON of the other properties, sealed under `event/{source}/{messageId}`; null where there are none, or no consent. */
    details: text(),
  },
  (t) => [
    primaryKey({ columns: [t.source, t.messageId] }),
    // Journeys read a month of touches, and nothing else of them than this: the rows themselves would cost five times as much.
    index("events_at").on(t.at, t.stage, t.channel, t.campaign, t.direction, t.subject, t.anonymous),
    // What is counted of a person is in the index: a row apart for each of 100,000 events would cost ten times as much.
    index("events_subject")
      .on(t.subject, t.at, t.channel, t.stage, t.orderId)
      .where(sql`subject IS NOT NULL`),
    // Who was named on a browser stands apart from what happened there unnamed: each is found by its time alone.
    index("events_anonymous")
      .on(t.anonymous, sql`subject IS NULL`, t.at, t.subject, t.channel, t.stage, t.orderId)
      .where(sql`anonymous IS NOT NULL`),
  ],
);

/** What became of an order since: each refund and each cancellation once. WITHOUT ROWID in the migration. */
export const orderMarks = sqliteTable(
  "order_marks",
  {
    /** The order book, as `orders.source`. */
    source: text().notNull(),
    orderId: text().notNull(),
    /** The source's own id of the refund or cancellation, behind the source's id. */
    markId: text().notNull(),
    /** refund | cancel */
    kind: text().notNull(),
    at: integer().notNull(),
    /** What was given back; null: everything. */
    amountVnd: integer(),
  },
  (t) => [primaryKey({ columns: [t.source, t.orderId, t.markId] }), index("order_marks_at").on(t.at)],
);

/** With what a source signs; of one source and purpose at most two are valid at once. */
export const sourceSecrets = sqliteTable(
  "source_secrets",
  {
    id: text().primaryKey(),
    source: text().notNull(),
    /** signing | verify | access: what it is for (schema/sources.ts). */
    purpose: text().notNull(),
    /** Sealed under `source-secret/{id}`. */
    sealed: text().notNull(),
    createdAt: integer().notNull(),
    /** From then on it opens nothing; null: until somebody says so. */
    endsAt: integer(),
  },
  (t) => [index("source_secrets_source").on(t.source)],
);
