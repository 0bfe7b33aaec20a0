// The parts of the public API's answers that the board reads (contract, "Marketing").
// The API and the page are deployed together, so answers are typed here and not validated again.

export interface Branch {
  id: string;
  name: string;
  timezone: string;
  dayStartHour?: number;
}

export interface Quality {
  definitions: string | null;
  randomisedShare: number | null;
  estimatedShare: number | null;
  recognisedShare: number | null;
  freshAt: string | null;
}

export interface FootfallRow {
  at: string;
  arrivals: number;
  visits: number;
  passers: number;
  devices?: number;
  deviceDays?: number;
  peakOccupancy: number;
  dwell: {
    medianMs: number | null;
    p90Ms: number | null;
    histogram: { fromMs: number; visits: number }[];
  };
}

export interface Footfall {
  data: FootfallRow[];
  quality: Quality;
}

export interface Frequency {
  visitors: number;
  visits: number;
  newVisitors: number;
  returningVisitors: number;
  frequency: { visits: string; visitors: number }[];
  /** `days` is a label of whole days before the end of the window: "0-7", "8-14", "91+". */
  recency: { days: string; visitors: number }[];
  medianDwellMs: number | null;
  quality: Quality;
}

export interface BranchFrequency {
  branchId: string;
  name?: string;
  visitors: number;
  visits: number;
  newVisitors: number;
  returningVisitors: number;
  medianDwellMs: number | null;
}

export interface BrandFrequency extends Frequency {
  branches: BranchFrequency[];
}

export interface Retention {
  data: {
    /** The first day of the week or month in which these visitors were first recognised. */
    cohort: string;
    visitors: number;
    /** `offset` 0 is the cohort's own period; an incomplete one is still running or cut by the window. */
    periods: { offset: number; visitors: number; share: number | null; complete: boolean }[];
  }[];
}

export interface Occupancy {
  occupancy: number;
  recognised: number;
  at: string;
}
