// Marketing's wire (contract: Marketing). Times are RFC 3339 with the branch's offset, dates are branch-local
// business days.

import { z } from "zod";
import { parseBusinessDay } from "../ids.ts";

const count = z.number().int().nonnegative();
const share = z.number().min(0).max(1).nullable();
const durationMs = z.number().int().nonnegative().nullable();

export const BranchSummary = z.object({
  id: z.string(),
  name: z.string(),
  timezone: z.string(),
  dayStartHour: z.number().int(),
  createdAt: z.string(),
  /** Present once the branch is closed; its numbers stay readable. */
  closedAt: z.string().optional(),
});
export type BranchSummary = z.infer<typeof BranchSummary>;

export const BranchList = z.object({ data: z.array(BranchSummary), next: z.string().nullable() });

export const OccupancyView = z.object({ occupancy: count, recognised: count, at: z.string() });

export const QualityView = z.object({
  definitions: z.string().nullable(),
  randomisedShare: share,
  estimatedShare: share,
  recognisedShare: share,
  freshAt: z.string().nullable(),
});

export const VisitorQualityView = QualityView.extend({ lowerBound: z.literal(true) });

export const FootfallView = z.object({
  data: z.array(
    z.object({
      at: z.string(),
      arrivals: count,
      visits: count,
      passers: count,
      engagedVisits: count,
      /** Distinct devices, for hours and days; over longer spans they cannot be known. */
      devices: count.optional(),
      /** The sum of each day's distinct devices, for weeks and months. */
      deviceDays: count.optional(),
      peakOccupancy: count,
      dwell: z.object({
        medianMs: durationMs,
        p90Ms: durationMs,
        histogram: z.array(z.object({ fromMs: count, visits: count })),
      }),
    }),
  ),
  quality: QualityView,
});
export type FootfallView = z.infer<typeof FootfallView>;

const Figures = z.object({
  visitors: count,
  visits: count,
  newVisitors: count,
  returningVisitors: count,
  visitsPerVisitor: z.number().nonnegative().nullable(),
  frequency: z.array(z.object({ visits: z.enum(["1", "2", "3", "4-5", "6-9", "10+"]), visitors: count })),
  /** Business days from the last visit to the end of the window. */
  recency: z.array(
    z.object({ days: z.enum(["0-7", "8-14", "15-30", "31-60", "61-90", "91+"]), visitors: count }),
  ),
  medianDwellMs: durationMs,
});

export const FrequencyView = Figures.extend({ quality: VisitorQualityView });
export type FrequencyView = z.infer<typeof FrequencyView>;

const BranchFrequencyView = Figures.extend({
  branchId: z.string(),
  name: z.string(),
  quality: VisitorQualityView,
});

export const BrandFrequencyView = FrequencyView.extend({
  /** Persons seen at two branches or more in the window. */
  crossBranch: z.object({ visitors: count, share }),
  branches: z.array(BranchFrequencyView),
});
export type BrandFrequencyView = z.infer<typeof BrandFrequencyView>;

export const RetentionView = z.object({
  data: z.array(
    z.object({
      cohort: z.string(),
      visitors: count,
      periods: z.array(z.object({ offset: count, visitors: count, share, complete: z.boolean() })),
    }),
  ),
  quality: VisitorQualityView,
});
export type RetentionView = z.infer<typeof RetentionView>;

/** A real date; the parsed value is a business day. */
const Day = z.string().transform((text, context) => {
  const day = parseBusinessDay(text);
  if (day !== null) return day;
  context.addIssue({ code: "custom", message: "must be a real date, written as YYYY-MM-DD" });
  return z.NEVER;
});

const DAY_MS = 86_400_000;
const days = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;

/** Rows of an answer stay bounded: a year and a month of days, two months of hours. */
const MOST_DAYS = 400;
const MOST_DAYS_BY_HOUR = 62;

export const Range = z.object({ from: Day, to: Day, format: z.enum(["json", "csv"]).default("json") });

interface Asked {
  from: string;
  to: string;
  interval?: string;
}

/** For ranges of at most so many days. */
export const checkDays =
  (most: number, span: string) =>
  ({ from, to }: Asked, context: z.RefinementCtx): void => {
    if (from > to) context.addIssue({ code: "custom", path: ["from"], message: "must not be after `to`" });
    else if (days(from, to) > most)
      context.addIssue({ code: "custom", path: ["to"], message: `must be within ${span} of \`from\`` });
  };

const checkRange = (asked: Asked, context: z.RefinementCtx): void => {
  const most = asked.interval === "hour" ? MOST_DAYS_BY_HOUR : MOST_DAYS;
  checkDays(most, asked.interval === "hour" ? `${most} days for hours` : `${most} days`)(asked, context);
};

export const RangeQuery = Range.superRefine(checkRange);
export const FootfallQuery = Range.extend({
  interval: z.enum(["hour", "day", "week", "month"]).default("day"),
}).superRefine(checkRange);
export const RetentionQuery = Range.extend({ by: z.enum(["week", "month"]).default("week") }).superRefine(
  checkRange,
);

export const BranchesQuery = z.object({ format: z.enum(["json", "csv"]).default("json") });
