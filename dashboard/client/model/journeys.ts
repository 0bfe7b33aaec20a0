// The answer on journeys as the pictures need it: rows with their lengths, and what may be said of the branches.
import type { Step } from "../../../schema/journeys.ts";

export interface Contribution {
  people: number;
  visits: number;
  orders: number;
  storeOrders: number;
  /** Null: kept back, because too few people bought. */
  valueVnd: number | null;
  valueShare: number | null;
}

export interface FunnelStep {
  step: Step;
  people: number;
  stopped: number;
  dropOff: number | null;
}

export interface BranchClosing {
  branchId: string;
  name: string;
  visitors: number;
  buyers: number;
  orders: number;
  valueVnd: number | null;
  closing: { share: number; low: number; high: number } | null;
}

interface Covered {
  all: number;
  counted: number;
  share: number | null;
}

export interface Journeys {
  totals: Contribution;
  funnel: FunnelStep[];
  channels: {
    channel: string | null;
    firstTouch: Contribution;
    lastTouch: Contribution;
    assisted: Contribution;
    funnel: FunnelStep[];
  }[];
  campaigns: {
    channel: string;
    kind: "named" | "none" | "others";
    campaign: { source: string | null; medium: string | null; name: string | null } | null;
    firstTouch: Contribution;
    lastTouch: Contribution;
    funnel: FunnelStep[];
  }[];
  branches: BranchClosing[];
  quality: {
    covered: {
      visits: Covered;
      orders: Covered & { touched: number };
      events: { all: number; identified: number; share: number | null };
    };
  };
}

/** What came of touches: visits and orders together. */
export const conversionsOf = ({ visits, orders }: Contribution): number => visits + orders;

export interface PairRow {
  label: string;
  /** Under the label, in small. */
  detail: string | undefined;
  first: Contribution;
  last: Contribution;
  /** Of the longest bar of all rows. */
  firstLength: number;
  lastLength: number;
}

export function pairRows(rows: readonly Pick<PairRow, "label" | "detail" | "first" | "last">[]): PairRow[] {
  const longest = Math.max(
    0,
    ...rows.flatMap(({ first, last }) => [conversionsOf(first), conversionsOf(last)]),
  );
  const length = (of: Contribution): number => (longest === 0 ? 0 : conversionsOf(of) / longest);
  return rows.map((row) => ({ ...row, firstLength: length(row.first), lastLength: length(row.last) }));
}

/** The branch whose rate lies above that of every other, whatever chance does; none where two overlap. */
export function surelyBest(branches: readonly BranchClosing[]): BranchClosing | undefined {
  const rated = branches.flatMap((branch) =>
    branch.closing === null ? [] : [{ branch, rate: branch.closing }],
  );
  const best = rated.find(({ rate, branch }) =>
    rated.every((other) => other.branch === branch || other.rate.high < rate.low),
  );
  return rated.length > 1 ? best?.branch : undefined;
}
