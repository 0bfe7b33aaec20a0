// Whose an event is that names nobody, in SQL: the rule of worker/core/journeys/owners.ts, as an expression of one event
// and, the other way about, as the events of some people. Both read of a browser only the events that name somebody.

import { type SQL, sql } from "drizzle-orm";
import { events } from "../../schema/tables-channels.ts";
import { CLAIM_MS } from "../core/journeys/owners.ts";

/** Node key of the owner, or null. `e`: an alias of `events`, or of a query with its `subject`, `anonymous` and `at`. */
export const eventOwner = (e: SQL): SQL => sql`coalesce(${e}.subject,
  (SELECT i.subject FROM ${events} i INDEXED BY events_anonymous
    WHERE i.anonymous = ${e}.anonymous AND (i.subject IS NULL) = 0 AND i.at <= ${e}.at
    ORDER BY i.at DESC, i.subject DESC LIMIT 1),
  (SELECT i.subject FROM ${events} i INDEXED BY events_anonymous
    WHERE i.anonymous = ${e}.anonymous AND (i.subject IS NULL) = 0
      AND i.at > ${e}.at AND i.at <= ${e}.at + ${CLAIM_MS}
    ORDER BY i.at, i.subject LIMIT 1))`;

/**
 * `owned_event` (source, message_id, subject): all events of the people whose node keys `keys` gives, an SQL query of one
 * column; `subject` is who of them. As named parts of one WITH, whose names all begin with `owned_`.
 */
export const ownedEvents = (keys: SQL): SQL => sql`
  owned_key(key) AS MATERIALIZED (${keys}),
  owned_browser(id) AS MATERIALIZED (
    SELECT DISTINCT e.anonymous FROM owned_key k CROSS JOIN ${events} e INDEXED BY events_subject ON e.subject = k.key
    WHERE e.anonymous IS NOT NULL),
  owned_nameless(source, message_id, owner) AS MATERIALIZED (
    SELECT e.source, e.message_id, ${eventOwner(sql`e`)}
    FROM owned_browser b CROSS JOIN ${events} e INDEXED BY events_anonymous ON e.anonymous = b.id
    WHERE (e.subject IS NULL) = 1),
  owned_event(source, message_id, subject) AS MATERIALIZED (
    SELECT e.source, e.message_id, e.subject
    FROM owned_key k CROSS JOIN ${events} e INDEXED BY events_subject ON e.subject = k.key
    UNION ALL
    SELECT source, message_id, owner FROM owned_nameless WHERE owner IN (SELECT key FROM owned_key))`;
