// The SQL of journeys, second part: the touches of people, each with the person whose it is.

import { type SQL, sql } from "drizzle-orm";
import { assignments } from "../../schema/tables-identity.ts";
import { events } from "../../schema/tables-channels.ts";
import { STEPS } from "../../schema/journeys.ts";
import { TOUCH_STAGES } from "../core/journeys/journey.ts";
import { CLAIM_MS } from "../core/journeys/owners.ts";
import type { JourneyPeriod } from "../core/journeys/period.ts";
import { stepOf } from "../core/journeys/step-of.ts";
import { eventOwner } from "./event-owner.ts";
import { isCounted } from "./journey-people.ts";

/** Of an event: its step by its stage. */
const STEP = sql.raw(
  `CASE e.stage ${TOUCH_STAGES.map((stage) => `WHEN '${stage}' THEN ${STEPS.indexOf(stepOf(stage))}`).join(" ")} END`,
);

/** What a brand writes to somebody is no act of that person. */
export const IS_TOUCH = sql.raw(
  `e.stage IN (${TOUCH_STAGES.map((stage) => `'${stage}'`).join(", ")}) AND e.direction IS NOT 'out'`,
);

/** As core/journeys/journey.ts names it; a campaign of which only term or content was told has no name. */
const CAMPAIGN = sql.raw(`iif(e.campaign IS NULL, '', coalesce(nullif(json_array(e.campaign ->> 'source',
      e.campaign ->> 'medium', e.campaign ->> 'name'), '[null,null,null]'), ''))`);

/**
 * `touch` (person, at, channel, campaign, step): of everybody in the period, and before it of those with a conversion.
 * `conversion` must come before it. Keys are looked up in their order: at random nearly each look would read a page.
 */
export const touches = ({ windowMs, online }: JourneyPeriod): SQL => {
  const inSpan = sql`e.at >= ${online.earliest - windowMs} AND e.at < ${online.latest} AND ${IS_TOUCH}`;
  const nameless = sql`FROM ${events} e INDEXED BY events_at
    WHERE ${inSpan} AND e.subject IS NULL AND e.anonymous IS NOT NULL`;
  return sql`
  converted AS MATERIALIZED (SELECT DISTINCT person FROM conversion),
  converted_key AS MATERIALIZED (
    SELECT m.key FROM converted c CROSS JOIN ${assignments} m INDEXED BY assignments_anchor ON m.anchor = c.person),
  -- Most browsers are never named: each is asked once, not each of its events.
  named AS MATERIALIZED (
    SELECT b.id, (SELECT i.at FROM ${events} i INDEXED BY events_anonymous
        WHERE i.anonymous = b.id AND (i.subject IS NULL) = 0 ORDER BY i.at LIMIT 1) AS first_at
    FROM (SELECT e.anonymous AS id ${nameless} GROUP BY e.anonymous) b),
  browser AS MATERIALIZED (
    SELECT n.id, n.first_at, (SELECT i.subject FROM ${events} i INDEXED BY events_anonymous
        WHERE i.anonymous = n.id AND (i.subject IS NULL) = 0 ORDER BY i.at, i.subject LIMIT 1) AS first_subject
    FROM named n WHERE n.first_at IS NOT NULL),
  stray AS MATERIALIZED (
    SELECT NULL AS subject, e.anonymous, e.at, e.channel, ${CAMPAIGN} AS campaign, ${STEP} AS step ${nameless}
      AND e.anonymous IN (SELECT id FROM browser)),
  owned AS MATERIALIZED (
    SELECT e.subject, e.at, e.channel, ${CAMPAIGN} AS campaign, ${STEP} AS step
    FROM ${events} e INDEXED BY events_at
    WHERE ${inSpan} AND e.subject IS NOT NULL
      AND (e.at >= ${online.starts} OR e.subject IN (SELECT key FROM converted_key))
    UNION ALL
    -- Before anybody was named there the first one is the next one, and needs no further look.
    SELECT iif(s.at >= b.first_at, ${eventOwner(sql`s`)}, iif(b.first_at <= s.at + ${CLAIM_MS}, b.first_subject, NULL)),
      s.at, s.channel, s.campaign, s.step
    FROM browser b CROSS JOIN stray s ON s.anonymous = b.id),
  whose AS MATERIALIZED (
    SELECT o.subject, m.anchor AS person FROM (SELECT subject FROM owned WHERE subject IS NOT NULL GROUP BY subject) o
    CROSS JOIN ${assignments} m ON m.key = o.subject
    WHERE ${isCounted(sql`o.subject`, sql`m.anchor`)}),
  touch AS MATERIALIZED (
    SELECT w.person, o.at, o.channel, o.campaign, o.step
    FROM whose w CROSS JOIN owned o ON o.subject = w.subject)`;
};
