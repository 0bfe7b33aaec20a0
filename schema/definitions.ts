// The definitions of presence (design section 3): every number a brand or a branch may set, with its default.
// Plain values, so that core can use them; `wire/admin.ts` validates them.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface Definitions {
  /** Neighbouring intervals at most this far apart are one visit. */
  gapMs: number;
  /** A stay counts as a visit from this dwell on; a shorter one is a passer (unless the shopper signed in). */
  minDwellMs: number;
  /** Dwell from which a visit is engaged. */
  engagedMs: number;
  /** A union longer than this is a fixture and no visit. */
  fixtureMs: number;
  /** A device is counted as present now if its latest observation reached into this span and has not left. */
  occupancyMs: number;
  /** How long after the end of its business day footfall is still amended. The day closes then. */
  footfallLatenessMs: number;
  /** How long after the end of its business day a recognised visit is still amended. */
  recognisedLatenessMs: number;
  /** Count devices whose owners have not consented, as numbers only. */
  countBeforeConsent: boolean;
}

export const DEFAULT_DEFINITIONS: Definitions = {
  gapMs: 15 * MINUTE,
  minDwellMs: 5 * MINUTE,
  engagedMs: 15 * MINUTE,
  fixtureMs: 12 * HOUR,
  occupancyMs: 10 * MINUTE,
  footfallLatenessMs: 36 * HOUR,
  recognisedLatenessMs: 30 * DAY,
  countBeforeConsent: true,
};

/** How agents of a branch report; sent to them at enrolment and with each reply. */
export interface ReportSettings {
  intervalMs: number;
  maxObservations: number;
  maxBytes: number;
}
export const DEFAULT_REPORT: ReportSettings = {
  intervalMs: 30_000,
  maxObservations: 2_000,
  maxBytes: 512 * 1024,
};

/** A branch as the presence core and object need it. `timezone` and `dayStartHour` never change once set. */
export interface BranchSettings {
  timezone: string;
  /** Branch-local hour at which the business day starts. */
  dayStartHour: number;
  definitions: Definitions;
  /** Names the definitions in force, e.g. `2026-1+5f3a`; stored with each aggregate. */
  definitionsVersion: string;
}

/** Upper edges of the dwell histogram's buckets in minutes; the last bucket is open. */
export const DWELL_EDGES_MINUTES = [
  5, 6, 7, 8, 10, 12, 15, 18, 21, 25, 30, 35, 40, 50, 60, 75, 90, 105, 120, 150, 180, 240, 300, 360, 480, 600,
  720,
] as const;
