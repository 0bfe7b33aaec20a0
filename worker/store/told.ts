// Stores what channels told of people: a fixed number of statements and one D1 batch however much it is. Any order,
// repetition and splitting of the messages leaves the same rows; a message from before the erasure of anybody it names stays out whole.
//
// Of two values of one trait at the same instant a proven one stands, else the greater sealed text: the same value is
// always sealed the same (portal/seal-same.ts). Of two tellings of an order at the same instant the one later in its life stands, else the greater row; it was placed at the
// earliest time told.

import { type SQL, sql } from "drizzle-orm";
import type { ToldMessage } from "../../schema/messages-channels.ts";
import { blockedValues, identityStatements, orders, traits } from "../../schema/tables-identity.ts";
import { evidence, identifiers, tombstones } from "../../schema/tables-people.ts";
import { logUpdated, touchProfiles } from "./change-log.ts";
import type { Database } from "./database.ts";
import { eventStatement, firstOfDay, markStatement, maybeShown, newlyMarked } from "./event-rows.ts";
import { decideAgain } from "./pending.ts";
import { answerAll } from "./run-all.ts";
import { erasedMessages, ORDER_COLUMNS, type ToldRows, toldRows } from "./told-rows.ts";
import type { TagsOf } from "./visit-sets.ts";

const DAY_MS = 86_400_000;

export interface StoredTold {
  /** Messages of which something stayed out, because whom it names was erased since. */
  readonly erased: number;
}

/** The row is of a message that may be used. */
const isUsed = (rows: ToldRows): SQL => sql`r.message NOT IN (${erasedMessages(rows.named)})`;

/** How late in an order's life it is: a file without a time of change tells the sale and its end at the same time. */
const lifeOf = (of: string): string =>
  `CASE ${of}.status WHEN 'placed' THEN 0 WHEN 'completed' THEN 1 WHEN 'refunded' THEN 2 ELSE 3 END`;

/** What decides between two tellings of one order; nothing in it is null, or it could not be compared. */
const orderRank = (of: string): SQL => {
  const rest = ["subject", "channel", "status", "net", "currency", "total", "items"].map(
    (name) => `${of}.${name}`,
  );
  return sql.raw(
    `(${of}.updated_at, ${lifeOf(of)}, coalesce(${of}.branch_id, ''), coalesce(${of}.total_vnd, ''), ${rest.join(", ")})`,
  );
};

/** A browser's tellings have a time of change of their own, before this (core/intake/segment/order.ts). */
const BELIEVED_MS = 100_000_000_000;

/**
 * It was placed before the order that is known: an SDK's update tells when it was updated. What a browser says moves no
 * time that others told.
 */
const isEarlier = (told: string, known: string): SQL =>
  sql.raw(
    `(${told}.at < ${known}.at AND (${told}.updated_at < ${BELIEVED_MS}) = (${known}.updated_at < ${BELIEVED_MS}))`,
  );
const traitRank = (of: string): SQL => sql.raw(`(${of}.at, ${of}.proven, ${of}.sealed)`);

/**
 * Identifiers that are new, whoever they are a neighbour of from now on, those seen
 * earlier than was known, and those of which something is new.
 */
const undecided = (rows: ToldRows): SQL => sql`
  WITH new(key) AS MATERIALIZED (SELECT DISTINCT r.key FROM ${rows.identifiers} r WHERE ${isUsed(rows)}
    AND NOT EXISTS (SELECT 1 FROM ${identifiers} i WHERE i.key = r.key))
  SELECT key FROM new
  UNION SELECT r.key FROM ${rows.identifiers} r JOIN ${identifiers} i ON i.key = r.key
    WHERE ${isUsed(rows)} AND r.at < i.first_seen_at
  UNION SELECT key FROM (
    SELECT e.b AS key FROM new JOIN ${evidence} e ON e.a = new.key
    UNION ALL SELECT e.a FROM new JOIN ${evidence} e ON e.b = new.key
    UNION ALL SELECT s.b FROM new JOIN ${identityStatements} s ON s.a = new.key
    UNION ALL SELECT s.a FROM new JOIN ${identityStatements} s ON s.b = new.key)
  UNION SELECT r.a FROM ${rows.evidence} r WHERE ${isUsed(rows)} AND ${isNew}
  UNION SELECT r.b FROM ${rows.evidence} r WHERE ${isUsed(rows)} AND ${isNew}`;
const isNew = sql`NOT EXISTS (SELECT 1 FROM ${evidence} e WHERE e.id = r.id)`;

const isOfThatDay = sql`o.sealed = r.sealed AND o.proven = r.proven
  AND o.at - o.at % ${DAY_MS} >= r.at - r.at % ${DAY_MS}`;

/** Of whom a trait is new; `known`: what of a row `o` says that `r` need not be told. */
const saidOtherwise = (rows: ToldRows, known: SQL): SQL => sql`
  SELECT r.key FROM ${rows.traits} r WHERE ${isUsed(rows)} AND NOT EXISTS (SELECT 1 FROM ${traits} o
    WHERE o.key = r.key AND o.name = r.name AND o.source = r.source
    AND (${traitRank("o")} >= ${traitRank("r")} OR (${known})))`;

/** Queries of one column each as one: SQLite takes five terms in a compound, so each stands in brackets. */
const union = (queries: readonly SQL[]): SQL =>
  sql.join(
    queries.map((query) => sql`SELECT * FROM (${query})`),
    sql` UNION `,
  );

const seenOtherwise = (rows: ToldRows): SQL => sql`
  SELECT r.key FROM ${rows.identifiers} r JOIN ${identifiers} i ON i.key = r.key
  WHERE ${isUsed(rows)} AND (r.seen_at > i.last_seen_at OR r.at < i.first_seen_at
    OR r.verified_at > coalesce(i.verified_at, -1) OR r.user_initiated > i.user_initiated)`;

const boughtOtherwise = (rows: ToldRows): SQL => sql`
  SELECT r.subject FROM ${rows.orders} r WHERE ${isUsed(rows)} AND NOT EXISTS (SELECT 1 FROM ${orders} o
    WHERE o.source = r.source AND o.order_id = r.order_id AND ${orderRank("o")} >= ${orderRank("r")}
      AND NOT ${isEarlier("r", "o")})
  UNION SELECT o.subject FROM ${rows.orders} r JOIN ${orders} o ON o.source = r.source AND o.order_id = r.order_id
      AND (${orderRank("r")} > ${orderRank("o")} OR ${isEarlier("r", "o")})
    WHERE ${isUsed(rows)}
  UNION ${newlyMarked(rows.marks, isUsed(rows))}`;

/**
 * Identifiers whose profile followers are told to read again; asked before the batch stores anything. That the same was
 * said again on the same day, and events after a day's first, only raise the version.
 */
const toldOf = (rows: ToldRows): SQL =>
  union([
    seenOtherwise(rows),
    saidOtherwise(rows, isOfThatDay),
    boughtOtherwise(rows),
    firstOfDay(rows.events, isUsed(rows)),
  ]);

/** Identifiers whose profile shows something else after this batch. */
const shownOtherwise = (rows: ToldRows): SQL =>
  union([toldOf(rows), saidOtherwise(rows, sql`false`), maybeShown(rows.events, isUsed(rows))]);

const identifierStatement = (rows: ToldRows): SQL => sql`
  INSERT INTO ${identifiers} (key, realm, kind, sealed, first_seen_at, last_seen_at, verified_at, user_initiated,
    generation, blocked)
  SELECT r.key, r.realm, r.kind, r.sealed, r.at, r.seen_at, r.verified_at, r.user_initiated,
    coalesce((SELECT max(t.generation) FROM ${tombstones} t WHERE t.tag IN (r.tag_1, r.tag_2)), 0),
    EXISTS (SELECT 1 FROM ${blockedValues} b WHERE b.key = r.key)
  FROM ${rows.identifiers} r WHERE ${isUsed(rows)}
  ON CONFLICT (key) DO UPDATE SET first_seen_at = min(first_seen_at, excluded.first_seen_at),
    last_seen_at = max(last_seen_at, excluded.last_seen_at),
    verified_at = nullif(max(coalesce(verified_at, -1), coalesce(excluded.verified_at, -1)), -1),
    user_initiated = max(user_initiated, excluded.user_initiated)
  WHERE excluded.first_seen_at < first_seen_at OR excluded.last_seen_at > last_seen_at
    OR excluded.verified_at > coalesce(verified_at, -1) OR excluded.user_initiated > user_initiated`;

const evidenceStatement = (rows: ToldRows): SQL => sql`
  INSERT INTO ${evidence} (id, a, b, trust, source, message_id, observed_at)
  SELECT r.id, r.a, r.b, r.trust, r.source, r.message_id, r.observed_at FROM ${rows.evidence} r WHERE ${isUsed(rows)}
  ON CONFLICT (id) DO NOTHING`;

const traitStatement = (rows: ToldRows): SQL => sql`
  INSERT INTO ${traits} (key, name, source, sealed, proven, at)
  SELECT r.key, r.name, r.source, r.sealed, r.proven, r.at FROM ${rows.traits} r WHERE ${isUsed(rows)}
  ON CONFLICT (key, name, source) DO UPDATE SET sealed = excluded.sealed, proven = excluded.proven, at = excluded.at
  WHERE ${traitRank("excluded")} > ${traitRank("traits")}`;

const columns = sql.raw(ORDER_COLUMNS.join(", "));
const orderStatement = (rows: ToldRows): SQL => sql`
  INSERT INTO ${orders} (${columns})
  SELECT ${sql.raw(ORDER_COLUMNS.map((name) => `r.${name}`).join(", "))} FROM ${rows.orders} r WHERE ${isUsed(rows)}
  ON CONFLICT (source, order_id) DO UPDATE SET ${sql.raw(
    ORDER_COLUMNS.slice(2)
      .filter((name) => name !== "at")
      .map((name) => `${name} = excluded.${name}`)
      .join(", "),
  )}, at = iif(${isEarlier("orders", "excluded")}, orders.at, excluded.at)
  WHERE ${orderRank("excluded")} > ${orderRank("orders")}`;

/** After the above, for tellings that do not stand. */
const placedStatement = (rows: ToldRows): SQL => sql`
  UPDATE ${orders} SET at = told.at
  FROM (SELECT r.source, r.order_id, min(r.at) AS at, r.updated_at FROM ${rows.orders} r WHERE ${isUsed(rows)}
    GROUP BY r.source, r.order_id, r.updated_at < ${BELIEVED_MS}) AS told
  WHERE told.source = orders.source AND told.order_id = orders.order_id AND ${isEarlier("told", "orders")}`;

/** Throws when the database does not answer; then nothing of the batch was stored. */
export const storeTold = async (
  db: Database,
  messages: readonly ToldMessage[],
  now: number,
  tagsOf: TagsOf,
): Promise<StoredTold> => {
  if (messages.length === 0) return { erased: 0 };
  const rows = toldRows(messages, tagsOf);
  const answers = await answerAll(db, [
    // Before anything is stored: what is new is told from what is there.
    decideAgain(undecided(rows), now),
    logUpdated(toldOf(rows), now),
    touchProfiles(shownOtherwise(rows), now),
    identifierStatement(rows),
    evidenceStatement(rows),
    traitStatement(rows),
    orderStatement(rows),
    placedStatement(rows),
    markStatement(rows.marks, isUsed(rows)),
    eventStatement(rows.events, isUsed(rows)),
    sql`SELECT count(DISTINCT r.message) AS n FROM ${rows.named} r WHERE NOT (${isUsed(rows)})`,
  ]);
  const [counted] = (answers.at(-1)?.results ?? []) as { n: number }[];
  return { erased: counted?.n ?? 0 };
};
