// The SQL of journeys, second part: the touches of people, each with the person whose it is.

import { type SQL, sql } from "drizzle-orm";
import { assignments } from "../../schema/tables-identity.ts";
import { events } from "../../schema/tables-channels.ts";
import { STEPS } from "../../schema/journeys.ts";
import { TOUCH_STAGES } from "../core/journeys/journey.ts";
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

/** \`touch\` (person, at, channel, campaign, step), from the window before the period to its end. */
export const touches = ({ windowMs, online }: JourneyPeriod): SQL => sql`
  seen AS MATERIALIZED (
    SELECT e.subject, e.anonymous, e.at, e.channel, ${CAMPAIGN} AS campaign, ${STEP} AS step
    FROM ${events} e INDEXED BY events_at
    WHERE e.at >= ${online.earliest - windowMs} AND e.at < ${online.latest} AND ${IS_TOUCH}
      AND (e.subject IS NOT NULL OR e.anonymous IS NOT NULL)),
  -- Most browsers are never named: each is asked once, not each of its events.
  browser AS MATERIALIZED (
    SELECT b.id FROM (SELECT DISTINCT anonymous AS id FROM seen WHERE subject IS NULL) b
    WHERE EXISTS (SELECT 1 FROM ${events} i INDEXED BY events_anonymous
      WHERE i.anonymous = b.id AND (i.subject IS NULL) = 0)),
  owned AS (
    SELECT subject, at, channel, campaign, step FROM seen WHERE subject IS NOT NULL
    UNION ALL
    SELECT ${eventOwner(sql`s`)} AS subject, s.at, s.channel, s.campaign, s.step FROM seen s
    WHERE s.subject IS NULL AND s.anonymous IN (SELECT id FROM browser)),
  touch AS MATERIALIZED (
    SELECT m.anchor AS person, o.at, o.channel, o.campaign, o.step
    FROM owned o CROSS JOIN ${assignments} m ON m.key = o.subject
    WHERE ${isCounted(sql`o.subject`, sql`m.anchor`)})`;
