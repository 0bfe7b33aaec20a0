// The answers as tables for spreadsheets: the same names as in JSON, one column a figure, and the quality repeated
// in each row, because a row that is copied elsewhere must still say how sure it is (invariant 8).

import type { BusinessDay } from "../../../schema/ids.ts";
import { RECENCY_CLASSES, VISIT_CLASSES } from "./buckets.ts";
import type { Cell, Table } from "./csv.ts";
import { DWELL_STARTS_MS } from "./dwell.ts";
import type { FootfallRow } from "./footfall.ts";
import type { FrequencyFigures } from "./frequency.ts";
import type { Quality } from "./quality.ts";
import type { Cohort } from "./retention.ts";

const QUALITY = ["definitions", "randomisedShare", "estimatedShare", "recognisedShare", "freshAt"] as const;
const qualityCells = (quality: Quality): Cell[] => QUALITY.map((name) => quality[name]);

export const footfallTable = (
  rows: readonly FootfallRow[],
  devices: "devices" | "deviceDays",
  quality: Quality,
): Table => ({
  header: [
    "at",
    "arrivals",
    "visits",
    "passers",
    "engagedVisits",
    devices,
    "peakOccupancy",
    "dwellMedianMs",
    "dwellP90Ms",
    ...DWELL_STARTS_MS.map((fromMs) => `dwellFrom${fromMs / 60_000}Min`),
    ...QUALITY,
  ],
  rows: rows.map((row) => [
    row.at,
    row.arrivals,
    row.visits,
    row.passers,
    row.engagedVisits,
    row[devices] ?? 0,
    row.peakOccupancy,
    row.dwell.medianMs,
    row.dwell.p90Ms,
    ...row.dwell.histogram.map((bucket) => bucket.visits),
    ...qualityCells(quality),
  ]),
});

export interface FrequencyRow {
  /** Empty for all branches together. */
  branchId: string;
  name: string;
  figures: FrequencyFigures;
  quality: Quality;
}

export const frequencyTable = (
  rows: readonly FrequencyRow[],
  range: { from: BusinessDay; to: BusinessDay },
): Table => ({
  header: [
    "branchId",
    "name",
    "from",
    "to",
    "visitors",
    "visits",
    "newVisitors",
    "returningVisitors",
    "visitsPerVisitor",
    "medianDwellMs",
    // Words around the classes: a bare 4-5 becomes a date in a spreadsheet.
    ...VISIT_CLASSES.map(({ label }) => `visitors with ${label} visits`),
    ...RECENCY_CLASSES.map(({ label }) => `visitors last seen ${label} days before`),
    ...QUALITY,
  ],
  rows: rows.map(({ branchId, name, figures, quality }) => [
    branchId,
    name,
    range.from,
    range.to,
    figures.visitors,
    figures.visits,
    figures.newVisitors,
    figures.returningVisitors,
    figures.visitsPerVisitor,
    figures.medianDwellMs,
    ...figures.frequency.map((row) => row.visitors),
    ...figures.recency.map((row) => row.visitors),
    ...qualityCells(quality),
  ]),
});

export const retentionTable = (cohorts: readonly Cohort[], quality: Quality): Table => ({
  header: ["cohort", "cohortVisitors", "offset", "visitors", "share", "complete", ...QUALITY],
  rows: cohorts.flatMap(({ cohort, visitors, periods }) =>
    periods.map((period) => [
      cohort,
      visitors,
      period.offset,
      period.visitors,
      period.share,
      period.complete,
      ...qualityCells(quality),
    ]),
  ),
});
