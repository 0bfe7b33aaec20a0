// Every sentence that the client script writes. The two translations are in board-vi.ts and board-en.ts.

import type { JourneyCopy } from "./journeys.ts";

export interface BoardCopy {
  weekdays: [string, string, string, string, string, string, string];
  /** As short as a column of a phone allows. */
  weekdaysShort: [string, string, string, string, string, string, string];
  showTable: string;
  showChart: string;
  csv: string;
  csvOf: (title: string) => string;
  loading: string;
  failed: string;
  retry: string;
  requestId: (id: string) => string;
  offline: string;
  signedOut: string;
  empty: string;
  noBranches: string;
  rangeLine: (from: string, to: string, timezone: string, dayStart: string) => string;
  badRange: string;
  strip: { visitors: string; visits: string; perVisitor: string; returning: string; note: string };
  tiles: {
    visits: string;
    visitors: string;
    perVisitor: string;
    dwell: string;
    now: string;
    visitsNote: (passers: string) => string;
    visitorsNote: (recognisedVisits: string) => string;
    perVisitorNote: string;
    dwellNote: string;
    nowNote: (recognised: string, at: string) => string;
    live: string;
    polling: string;
    waiting: string;
    up: (by: string) => string;
    down: (by: string) => string;
    same: string;
    noComparison: string;
  };
  visits: {
    byInterval: { day: string; week: string; month: string };
    date: string;
    weekFrom: (day: string) => string;
    visits: string;
    passers: string;
    running: string;
    summary: (visits: string, busiest: string, busiestVisits: string) => string;
  };
  heatmap: {
    weekday: string;
    cell: (weekday: string, hour: string, visits: string) => string;
    few: string;
    many: string;
    capped: string;
    table: string;
  };
  bars: {
    visits: string;
    visitors: string;
    share: string;
    ago: string;
    timesLabel: (times: string) => string;
    daysLabel: (days: string) => string;
  };
  regulars: { fresh: string; returning: string; kind: string };
  retention: {
    cohort: string;
    visitors: string;
    week: (n: number) => string;
    notYet: string;
    note: string;
  };
  quality: {
    recognised: (share: string) => string;
    lowerBound: string;
    randomised: (share: string) => string;
    estimated: (share: string) => string;
    comparison: string;
    fresh: (at: string) => string;
    businessDay: (dayStart: string) => string;
    definitions: (version: string) => string;
  };
  journeys: JourneyCopy;
}
