// How much of what happened journeys could count: of all orders and all events of the period.

import { sql } from "drizzle-orm";
import { orders } from "../../schema/tables-identity.ts";
import { events } from "../../schema/tables-channels.ts";
import type { JourneyPeriod } from "../core/journeys/period.ts";
import type { Database } from "./database.ts";
import { IS_TOUCH } from "./journey-touches.ts";
import { statusNow } from "./order-worth.ts";
import { answerAll } from "./run-all.ts";

export interface JourneyCoverage {
  /** Orders that were not cancelled, also of people who may not be counted. */
  readonly orders: number;
  /** Touches, also those without consent. */
  readonly events: number;
  /** Touches that name somebody, or the browser in which they happened. */
  readonly identified: number;
  readonly freshAt: number | null;
}

/** By the days of the brand: what happened online is of no branch. */
export const journeyCoverage = async (
  db: Database,
  { online, branches }: JourneyPeriod,
): Promise<JourneyCoverage> => {
  const [found] = await answerAll(db, [
    sql`WITH branch(id, starts_at, ends_at) AS MATERIALIZED (
        SELECT value ->> 0, value ->> 2, value ->> 3 FROM json_each(${JSON.stringify(branches)}))
      SELECT o.n AS orders, t.n AS events, t.identified AS identified, t.fresh_at AS freshAt
      FROM (SELECT count(*) AS n FROM ${orders} o INDEXED BY orders_at LEFT JOIN branch b ON b.id = o.branch_id
        WHERE o.at >= ${online.earliest} AND o.at < ${online.latest}
          AND o.at >= coalesce(b.starts_at, ${online.starts}) AND o.at < coalesce(b.ends_at, ${online.ends})
          AND ${statusNow} <> 'cancelled') o,
      (SELECT count(*) AS n, count(coalesce(e.subject, e.anonymous)) AS identified, max(e.at) AS fresh_at
        FROM ${events} e INDEXED BY events_at
        WHERE e.at >= ${online.starts} AND e.at < ${online.ends} AND ${IS_TOUCH}) t`,
  ]);
  const [row] = (found?.results ?? []) as unknown as JourneyCoverage[];
  return row ?? { orders: 0, events: 0, identified: 0, freshAt: null };
};
