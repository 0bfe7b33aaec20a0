// Forgets purchases past their retention, and commerce identifiers nobody has told of for as long: bounded steps, found by
// index. What was decided with such an identifier is decided again without it, in the same batch's `identity_pending`.

import { type SQL, sql } from "drizzle-orm";
import { KEPT_DAYS } from "../../schema/kept-days.ts";
import { events, orderMarks } from "../../schema/tables-channels.ts";
import { evidence, identifiers } from "../../schema/tables-people.ts";
import { identityStatements, orders, traits } from "../../schema/tables-identity.ts";
import type { Database } from "./database.ts";
import { decideAgain } from "./pending.ts";
import { type Progress, progressOf } from "./progress.ts";
import { runAll } from "./run-all.ts";

const DAY_MS = 86_400_000;
/** 25 months, so that what somebody buys once a year shows twice. */
export const PURCHASES_MS = KEPT_DAYS.purchases * DAY_MS;
const ORDERS_AT_ONCE = 5_000;
const IDENTIFIERS_AT_ONCE = 500;

/** An order may be told late, so its age is that of its placing. What became of it goes with it. */
export const removeOldOrders = async (db: Database, now: number): Promise<Progress> => {
  const old = sql`SELECT source, order_id FROM ${orders} INDEXED BY orders_at WHERE at <= ${now - PURCHASES_MS}
    ORDER BY at LIMIT ${ORDERS_AT_ONCE}`;
  const [, removed = 0] = await runAll(db, [
    sql`DELETE FROM ${orderMarks} WHERE (source, order_id) IN (${old})`,
    sql`DELETE FROM ${orders} WHERE (source, order_id) IN (${old})`,
  ]);
  return progressOf([removed], ORDERS_AT_ONCE);
};

/** Marks of orders that nobody ever told, or that were told again after their order had gone. */
export const removeOldMarks = async (db: Database, now: number): Promise<Progress> =>
  progressOf(
    await runAll(db, [
      sql`DELETE FROM ${orderMarks} WHERE (source, order_id, mark_id) IN (
        SELECT m.source, m.order_id, m.mark_id FROM ${orderMarks} m INDEXED BY order_marks_at
        WHERE m.at <= ${now - PURCHASES_MS} AND NOT EXISTS (
          SELECT 1 FROM ${orders} o WHERE o.source = m.source AND o.order_id = m.order_id)
        ORDER BY m.at LIMIT ${ORDERS_AT_ONCE})`,
    ]),
    ORDERS_AT_ONCE,
  );

/** An operator's block is kept apart and outlives them. Found anew by each statement, in one order. */
const dormant = (now: number): SQL => sql`
  SELECT key FROM ${identifiers} INDEXED BY identifiers_commerce_seen
  WHERE realm = 'commerce' AND last_seen_at <= ${now - PURCHASES_MS}
  ORDER BY last_seen_at LIMIT ${IDENTIFIERS_AT_ONCE}`;

export const removeDormantIdentifiers = async (db: Database, now: number): Promise<Progress> => {
  const keys = sql`IN (${dormant(now)})`;
  const removed = await runAll(db, [
    decideAgain(
      sql`SELECT key FROM (${dormant(now)})
        UNION SELECT b FROM ${evidence} INDEXED BY evidence_a WHERE a ${keys}
        UNION SELECT a FROM ${evidence} INDEXED BY evidence_b WHERE b ${keys}
        UNION SELECT b FROM ${identityStatements} WHERE a ${keys}
        UNION SELECT a FROM ${identityStatements} WHERE b ${keys}`,
      now,
    ),
    sql`DELETE FROM ${evidence} WHERE a ${keys}`,
    sql`DELETE FROM ${evidence} WHERE b ${keys}`,
    sql`DELETE FROM ${traits} WHERE key ${keys}`,
    // What of theirs outlived its 13 months, because a browser's later events rest on it (event-retention.ts).
    sql`DELETE FROM ${events} WHERE subject ${keys}`,
    sql`DELETE FROM ${identifiers} WHERE key ${keys}`,
  ]);
  return progressOf([removed.at(-1) ?? 0], IDENTIFIERS_AT_ONCE);
};
