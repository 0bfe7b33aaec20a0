// The wire of journeys (docs/journeys.md): from touches online to visits and orders. Dates are business days, inclusive: a
// branch's own for what happened there, the oldest branch's for what happened online.

import { z } from "zod";
import { JOURNEY_TABLES, STEPS } from "../journeys.ts";
import { checkDays, Range, VisitorQualityView } from "./marketing.ts";

const count = z.number().int().nonnegative();
const share = z.number().min(0).max(1).nullable();

const Contribution = z.object({
  people: count,
  visits: count,
  orders: count,
  storeOrders: count,
  /** Null: kept back, because fewer than `minimumPeople` bought. */
  valueVnd: z.number().int().nullable(),
  valueShare: z.number().nullable(),
});

const Funnel = z.array(z.object({ step: z.enum(STEPS), people: count, stopped: count, dropOff: share }));

export const JourneysView = z.object({
  windowDays: z.number().int(),
  /** Behind money, a rate or a campaign's name stand at least so many people. */
  minimumPeople: z.number().int(),
  totals: Contribution,
  funnel: Funnel,
  channels: z.array(
    z.object({
      /** Null: direct, without a touch in the window. */
      channel: z.string().nullable(),
      firstTouch: Contribution,
      lastTouch: Contribution,
      assisted: Contribution,
      funnel: Funnel,
    }),
  ),
  campaigns: z.array(
    z.object({
      channel: z.string(),
      kind: z.enum(["named", "none", "others"]),
      campaign: z
        .object({ source: z.string().nullable(), medium: z.string().nullable(), name: z.string().nullable() })
        .nullable(),
      firstTouch: Contribution,
      lastTouch: Contribution,
      funnel: Funnel,
    }),
  ),
  branches: z.array(
    z.object({
      branchId: z.string(),
      name: z.string(),
      visitors: count,
      buyers: count,
      orders: count,
      valueVnd: z.number().int().nullable(),
      closing: z.object({ share: z.number(), low: z.number(), high: z.number() }).nullable(),
    }),
  ),
  quality: VisitorQualityView.extend({
    covered: z.object({
      visits: z.object({ all: count, counted: count, share }),
      orders: z.object({ all: count, counted: count, touched: count, share }),
      events: z.object({ all: count, identified: count, share }),
    }),
  }),
});
export type JourneysView = z.infer<typeof JourneysView>;

const MOST_DAYS = 92;

export const JourneysQuery = Range.extend({
  windowDays: z.coerce.number().int().min(1).max(90).default(30),
  /** Of an answer as CSV. */
  table: z.enum(JOURNEY_TABLES).default("channels"),
}).superRefine(checkDays(MOST_DAYS, `${MOST_DAYS} days`));
