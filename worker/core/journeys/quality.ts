// How sure an answer on journeys is: as that on visitors, and how much of all visits, orders and events it could count.

import { joinDefinitions, shareOf } from "../analytics/quality.ts";
import { type FootfallTotals, visitorQuality, type VisitorQuality } from "../analytics/visitor-quality.ts";
import { freshAtOf } from "../analytics/quality.ts";
import type { JourneyCounts } from "./counts.ts";

/** Raised whenever a definition of docs/journeys.md changes. */
const EDITION = "journeys-1";

export interface JourneyQuality extends VisitorQuality {
  readonly covered: {
    readonly visits: { readonly all: number; readonly counted: number; readonly share: number | null };
    readonly orders: {
      readonly all: number;
      readonly counted: number;
      /** Orders with a touch in their window. */
      readonly touched: number;
      readonly share: number | null;
    };
    readonly events: { readonly all: number; readonly identified: number; readonly share: number | null };
  };
}

export interface Coverage {
  readonly orders: number;
  readonly events: number;
  readonly identified: number;
  readonly freshAt: number | null;
}

export const journeyQuality = (
  counts: JourneyCounts,
  coverage: Coverage,
  sources: { definitions: readonly string[]; footfall: readonly FootfallTotals[] },
  timezone: string,
): JourneyQuality => {
  const visitors = visitorQuality([], sources.definitions, sources.footfall, timezone);
  const visits = sources.footfall.reduce((sum, totals) => sum + totals.visits, 0);
  const direct = counts.credits.find(({ role, channel }) => role === "last" && channel === "");
  const { orders } = counts.total;
  return {
    ...visitors,
    definitions: joinDefinitions([EDITION, ...(visitors.definitions?.split(" | ") ?? [])]),
    freshAt: visitors.freshAt ?? freshAtOf(coverage.freshAt, timezone),
    covered: {
      visits: { all: visits, counted: counts.total.visits, share: partOf(counts.total.visits, visits) },
      orders: {
        all: coverage.orders,
        counted: orders,
        touched: orders - (direct?.orders ?? 0),
        share: partOf(orders, coverage.orders),
      },
      events: {
        all: coverage.events,
        identified: coverage.identified,
        share: partOf(coverage.identified, coverage.events),
      },
    },
  };
};

/** The whole and the part are counted apart: what comes between may make the part the larger one. */
const partOf = (part: number, whole: number): number | null => shareOf(Math.min(part, whole), whole);
