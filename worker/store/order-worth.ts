// What an order is worth and its status now, of the order `o`: as SQL what worker/core/orders/worth.ts defines. Marks are
// found by the first two columns of their primary key; an order without any costs one look for each expression.

import { sql } from "drizzle-orm";
import { orderMarks } from "../../schema/tables-channels.ts";

const SINCE = sql`FROM ${orderMarks} k
  WHERE k.source = o.source AND k.order_id = o.order_id AND (o.net = 0 OR k.at > o.updated_at)`;

/** Without a mark max() and sum() are null, and what was told stands. */
export const statusNow = sql`CASE o.status WHEN 'cancelled' THEN o.status ELSE (SELECT CASE
    WHEN max(k.kind = 'cancel' AND k.amount_vnd IS NULL) THEN 'cancelled'
    WHEN max(k.amount_vnd IS NULL) OR (sum(k.amount_vnd) > 0 AND sum(k.amount_vnd) >= o.total_vnd) THEN 'refunded'
    ELSE o.status END ${SINCE}) END`;

/** Null where it has no price in VND. */
export const worthNow = sql`CASE WHEN o.total_vnd IS NULL THEN NULL
    WHEN o.status = 'cancelled' OR (o.status = 'refunded' AND o.net = 0) THEN 0
    ELSE (SELECT iif(max(k.amount_vnd IS NULL), 0,
      max(min(0, o.total_vnd), o.total_vnd - coalesce(sum(k.amount_vnd), 0))) ${SINCE}) END`;
