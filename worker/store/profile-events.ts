// What happened online with the members of a profile, as parts of statements: counted by channel, and the newest of it. An
// event that tells of an order which the same profile has is that order, and not told again. Nothing is read of the events
// but an index, and only the rows of a page.

import { type SQL, sql } from "drizzle-orm";
import { events } from "../../schema/tables-channels.ts";
import { assignments, orders, sources } from "../../schema/tables-identity.ts";
import { evidence, identifiers } from "../../schema/tables-people.ts";
import { fixedSql } from "./fixed-sql.ts";
import { eventOwner } from "./event-owner.ts";

/** Of the event `e` of a profile `m`. */
const isOfOrder = sql`(e.stage IS 'order' AND e.order_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM ${orders} o CROSS JOIN ${assignments} a ON a.key = o.subject AND a.anchor = m.anchor
    WHERE o.source = coalesce((SELECT c.config ->> '$.orderBook' FROM ${sources} c WHERE c.id = e.source), e.source)
    AND o.order_id = e.order_id))`;

const hasUnnamed = (key: SQL): SQL => sql`EXISTS (SELECT 1 FROM ${events} x INDEXED BY events_anonymous
    WHERE x.anonymous = ${key} AND (x.subject IS NULL) = 1)`;

/**
 * Behind `member`: those with whom something happened online, and the browsers and apps that they have evidence with, as far
 * as something happened there with nobody named.
 */
export const WHERE_MET: SQL = fixedSql(sql`
  met(anchor, key) AS MATERIALIZED (SELECT m.anchor, m.key FROM member m
    CROSS JOIN ${identifiers} i ON i.key = m.key AND i.blocked = 0
    WHERE EXISTS (SELECT 1 FROM ${events} x INDEXED BY events_subject WHERE x.subject = m.key)),
  browser(anchor, anonymous) AS MATERIALIZED (
    SELECT m.anchor, v.b FROM met m CROSS JOIN ${evidence} v ON v.a = m.key AND v.retracted_at IS NULL
      WHERE ${hasUnnamed(sql`v.b`)}
    UNION SELECT m.anchor, v.a FROM met m CROSS JOIN ${evidence} v ON v.b = m.key AND v.retracted_at IS NULL
      WHERE ${hasUnnamed(sql`v.a`)})`);

const NAMED = {
  of: sql`met m`,
  events: sql`${events} e INDEXED BY events_subject`,
  found: sql`e.subject = m.key`,
  subject: sql`e.subject`,
};
const UNNAMED = {
  of: sql`browser m`,
  events: sql`${events} e INDEXED BY events_anonymous
    CROSS JOIN ${assignments} w ON w.key = ${eventOwner(sql`e`)} AND w.anchor = m.anchor`,
  found: sql`e.anonymous = m.anonymous AND (e.subject IS NULL) = 1`,
  subject: sql`w.key`,
};
type Events = typeof NAMED;

const counted = ({ of, events: from, found, subject }: Events): SQL => sql`
  SELECT m.anchor, ${subject}, e.channel, NULL, 0, 0, 0, 0, max(e.at), count(*)
  FROM ${of} CROSS JOIN ${from} WHERE ${found} AND NOT ${isOfOrder} GROUP BY m.anchor, ${subject}, e.channel`;

/**
 * More rows for a query of (anchor, subject, channel, day, …, lastAt, events), behind `WHERE_MET`. A channel may have two: of
 * what names a person, and of what is found to be the person's.
 */
export const countedEvents: SQL = sql`${counted(NAMED)} UNION ALL ${counted(UNNAMED)}`;

export interface EventPage {
  /** Nothing after it is wanted. */
  readonly until: number;
  readonly limit: number;
}

/** One member or browser after the other, each only as far as the page may need. */
const newest = ({ of, events: from, found, subject }: Events, { until, limit }: EventPage): SQL => sql`
  SELECT j.value ->> '$[0]' AS source, j.value ->> '$[1]' AS message_id, j.value ->> '$[2]' AS at,
    j.value ->> '$[3]' AS subject
  FROM ${of} CROSS JOIN json_each((SELECT json_group_array(json_array(p.source, p.message_id, p.at, p.subject)) FROM (
    SELECT e.source AS source, e.message_id AS message_id, e.at AS at, ${subject} AS subject
    FROM ${from} WHERE ${found} AND e.at <= ${until} AND NOT ${isOfOrder}
    ORDER BY e.at DESC, e.source, e.message_id LIMIT ${limit}) p)) j`;

/** A query of (subject, event): the newest of all, as JSON, newest first; behind `WHERE_MET`. */
export const newestEvents = (page: EventPage): SQL => sql`
  SELECT n.subject AS subject, e.at AS at, json_object('source', e.source, 'messageId', e.message_id, 'type', e.type,
    'name', e.name, 'channel', e.channel, 'stage', e.stage, 'campaign', json(e.campaign), 'branchId', e.branch_id,
    'direction', e.direction, 'sentiment', e.sentiment, 'products', json(e.products), 'orderId', e.order_id,
    'valueVnd', e.value_vnd, 'details', e.details) AS event
  FROM (SELECT * FROM (${newest(NAMED, page)} UNION ALL ${newest(UNNAMED, page)})
    ORDER BY at DESC, source, message_id LIMIT ${page.limit}) n
  CROSS JOIN ${events} e ON e.source = n.source AND e.message_id = n.message_id`;
