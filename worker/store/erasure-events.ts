// What an erasure does to events and order marks: what is the person's goes, named or not; what others did in the same
// browser stays theirs without it, because the browser's id was the erased person's.

import { type SQL, sql } from "drizzle-orm";
import { events, orderMarks } from "../../schema/tables-channels.ts";
import { orders } from "../../schema/tables-identity.ts";
import { NOBODY } from "../core/journeys/owners.ts";
import { eventOwner, ownedEvents } from "./event-owner.ts";

const query = (names: readonly string[]): SQL => sql`SELECT value FROM json_each(${JSON.stringify(names)})`;

const ownOf = (keys: SQL): SQL => sql`WITH ${ownedEvents(keys)} SELECT source, message_id FROM owned_event`;

/** What happened in a browser of theirs. Nameless events stand apart in the index. */
const inBrowser = (keys: SQL, which: "nameless" | "named"): SQL =>
  sql`${events} INDEXED BY events_anonymous
    WHERE anonymous IN (${keys}) AND (subject IS NULL) = ${which === "nameless" ? 1 : 0}`;

/** Events that an erasure removes, or takes everything from, for counting. */
export const eventsOf = (names: readonly string[]): SQL => sql`(${ownOf(query(names))}
  UNION SELECT e.source, e.message_id FROM ${events} e INDEXED BY events_anonymous
    WHERE e.anonymous IN (${query(names)}) AND (e.subject IS NULL) = 1 AND ${eventOwner(sql`e`)} IS NULL)`;

/**
 * That somebody was named in a browser which others were named in too. What is left of it names nobody and tells nothing:
 * without it, late events of the erased would become an earlier user's.
 */
const isClaim = (keys: SQL): SQL => sql`(e.subject IS NOT NULL AND e.anonymous IS NOT NULL
  AND e.anonymous NOT IN (${keys}) AND EXISTS (SELECT 1 FROM ${events} o INDEXED BY events_anonymous
    WHERE o.anonymous = e.anonymous AND (o.subject IS NULL) = 0 AND o.subject NOT IN (${keys})))`;

/** `names`: all the person's keys. For a batch, before the orders go. */
export const withoutEvents = (names: readonly string[]): SQL[] => {
  const keys = query(names);
  return [
    sql`DELETE FROM ${events} AS e WHERE (e.source, e.message_id) IN (${ownOf(keys)}) AND NOT ${isClaim(keys)}`,
    sql`UPDATE ${events} SET subject = ${NOBODY}, type = 'other', name = 'erased', stage = NULL, campaign = NULL,
        branch_id = NULL, direction = NULL, sentiment = NULL, products = NULL, order_id = NULL, value_vnd = NULL,
        details = NULL
      WHERE subject IN (${keys})`,
    sql`UPDATE ${events} AS e SET subject = ${eventOwner(sql`e`)}, anonymous = NULL
      WHERE (e.source, e.message_id) IN (SELECT source, message_id FROM ${inBrowser(keys, "nameless")})
        AND ${eventOwner(sql`e`)} IS NOT NULL`,
    sql`DELETE FROM ${events}
      WHERE (source, message_id) IN (SELECT source, message_id FROM ${inBrowser(keys, "nameless")})`,
    sql`UPDATE ${events} SET anonymous = NULL
      WHERE (source, message_id) IN (SELECT source, message_id FROM ${inBrowser(keys, "named")})`,
    sql`DELETE FROM ${orderMarks} WHERE (source, order_id) IN (
      SELECT source, order_id FROM ${orders} WHERE subject IN (${keys}))`,
  ];
};
