// Counts journeys in one statement: what core/journeys/count-journeys.ts defines, for everybody at once.

import { type SQL, sql } from "drizzle-orm";
import { STEPS } from "../../schema/journeys.ts";
import { type CreditRow, type JourneyCounts, NOTHING_COUNTED } from "../core/journeys/counts.ts";
import type { JourneyPeriod } from "../core/journeys/period.ts";
import type { Database } from "./database.ts";
import { conversions } from "./journey-people.ts";
import { touches } from "./journey-touches.ts";
import { answerAll } from "./run-all.ts";

/** Returned columns differ in meaning by `part`. */
interface Row {
  part: "credit" | "reach" | "close" | "total";
  role: CreditRow["role"];
  channel: string | null;
  campaign: string | null;
  people: number;
  buyers: number;
  /** Sums of nothing are null. */
  visits: number | null;
  orders: number | null;
  storeOrders: number | null;
  valueVnd: number | null;
}

/** Of a person's conversions `c`; counted by person first, for a count of distinct names sorts them once more each. */
const OF_PERSON =
  sql.raw(`count(iif(c.kind = 'visit', 1, NULL)) AS visits, count(iif(c.kind = 'order', 1, NULL)) AS orders,
    count(iif(c.kind = 'order' AND c.branch_id IS NOT NULL, 1, NULL)) AS store_orders, sum(c.worth) AS worth`);
const SUMS = sql.raw(`count(*) AS people, count(iif(orders > 0, 1, NULL)) AS buyers, sum(visits) AS visits,
    sum(orders) AS orders, sum(store_orders) AS storeOrders, sum(worth) AS valueVnd`);

/** A visit and an order as steps: of who did both the order is the further one. */
const STEP = sql.raw(`iif(c.kind = 'visit', ${STEPS.indexOf("visit")}, ${STEPS.indexOf("order")})`);

/** \`path\`: which channels and campaigns touched a conversion, and when first and last. */
const paths = ({ windowMs, online }: JourneyPeriod): SQL => sql`
  path AS MATERIALIZED (
    SELECT c.n, t.channel, t.campaign, min(t.at) AS first_at, max(t.at) AS last_at
    FROM conversion c
    CROSS JOIN (SELECT * FROM touch WHERE person IN (SELECT person FROM converted)) t ON t.person = c.person AND t.at BETWEEN c.at - ${windowMs} AND c.at
    GROUP BY c.n, t.channel, t.campaign),
  ranked AS MATERIALIZED (
    SELECT n, channel, campaign,
      row_number() OVER (PARTITION BY n ORDER BY first_at, channel, campaign) AS first,
      row_number() OVER (PARTITION BY n ORDER BY last_at DESC, channel, campaign) AS last
    FROM path),
  credit AS MATERIALIZED (
    SELECT 'first' AS role, c.n, coalesce(r.channel, '') AS channel, r.campaign
    FROM conversion c LEFT JOIN ranked r ON r.n = c.n AND r.first = 1
    UNION ALL
    SELECT 'last', c.n, coalesce(r.channel, ''), r.campaign
    FROM conversion c LEFT JOIN ranked r ON r.n = c.n AND r.last = 1),
  reached AS MATERIALIZED (
    SELECT person, channel, campaign, max(step) AS step FROM (
      SELECT person, channel, campaign, step FROM touch WHERE at >= ${online.starts}
      UNION ALL
      SELECT c.person, p.channel, p.campaign, ${STEP} FROM path p CROSS JOIN conversion c ON c.n = p.n
      WHERE p.last_at >= ${online.starts})
    GROUP BY person, channel, campaign),
  reach AS (
    SELECT channel, campaign, step, count(*) AS people FROM reached GROUP BY channel, campaign, step
    UNION ALL
    SELECT channel, NULL, step, count(*) FROM (
      SELECT channel, max(step) AS step FROM reached GROUP BY person, channel) GROUP BY channel, step
    UNION ALL
    SELECT NULL, NULL, step, count(*) FROM (SELECT max(step) AS step FROM reached GROUP BY person) GROUP BY step)`;

/** D1 allows five terms in one compound. */
const journeyQuery = (period: JourneyPeriod): SQL => sql`
  WITH ${conversions(period)}, ${touches(period)}, ${paths(period)}
  SELECT 'credit' AS part, role, channel, NULL AS campaign, ${SUMS} FROM (
    SELECT r.role, r.channel, ${OF_PERSON}
    FROM (SELECT role, n, channel FROM credit UNION ALL SELECT 'any', n, channel FROM path GROUP BY n, channel) r
    CROSS JOIN conversion c ON c.n = r.n GROUP BY r.role, r.channel, c.person)
  GROUP BY role, channel
  UNION ALL
  SELECT 'credit', role, channel, campaign, ${SUMS} FROM (
    SELECT r.role, r.channel, r.campaign, ${OF_PERSON}
    FROM (SELECT role, n, channel, campaign FROM credit WHERE channel <> ''
      UNION ALL SELECT 'any', n, channel, campaign FROM path) r
    CROSS JOIN conversion c ON c.n = r.n GROUP BY r.role, r.channel, r.campaign, c.person)
  GROUP BY role, channel, campaign
  UNION ALL
  SELECT 'reach', step, channel, campaign, people, 0, 0, 0, 0, 0 FROM reach
  UNION ALL
  SELECT 'close', '', v.branch_id, NULL, count(DISTINCT v.person), count(DISTINCT o.person), 0, count(o.n), 0,
    coalesce(sum(o.worth), 0)
  FROM conversion v LEFT JOIN conversion o ON o.person = v.person AND o.kind = 'order' AND o.branch_id = v.branch_id
    AND o.at >= v.day_starts AND o.at < v.day_ends
  WHERE v.kind = 'visit' AND v.n IN (SELECT n FROM path) GROUP BY v.branch_id
  UNION ALL
  SELECT 'total', '', NULL, NULL, ${SUMS} FROM (SELECT ${OF_PERSON} FROM conversion c GROUP BY c.person)`;

const toCounts = (rows: readonly Row[]): JourneyCounts => {
  const of = (part: Row["part"]) => rows.filter((row) => row.part === part);
  const counted = ({ people, buyers, visits, orders, storeOrders, valueVnd }: Row) => {
    const [came, bought, atStore, value] = [visits ?? 0, orders ?? 0, storeOrders ?? 0, valueVnd ?? 0];
    return { people, buyers, visits: came, orders: bought, storeOrders: atStore, valueVnd: value };
  };
  const [total] = of("total");
  return {
    total: total === undefined ? NOTHING_COUNTED : counted(total),
    credits: of("credit").map((row) => ({
      role: row.role,
      channel: row.channel ?? "",
      campaign: row.campaign,
      ...counted(row),
    })),
    reach: of("reach").map(({ role, channel, campaign, people }) => {
      return { step: STEPS[Number(role)] ?? "arrive", channel, campaign, people };
    }),
    closes: of("close").map(({ channel, people, buyers, orders, valueVnd }) => {
      return {
        branchId: channel ?? "",
        visitors: people,
        buyers,
        orders: orders ?? 0,
        valueVnd: valueVnd ?? 0,
      };
    }),
  };
};

export const countJourneysIn = async (db: Database, period: JourneyPeriod): Promise<JourneyCounts> => {
  const [answer] = await answerAll(db, [journeyQuery(period)]);
  return toCounts((answer?.results ?? []) as unknown as Row[]);
};
