// Shapes what was counted into the answer: rows by channel, campaign and branch, the funnel and its losses, and what
// must be kept back because too few people stand behind it.

import { byCampaign, type CampaignFigures } from "./campaigns.ts";
import { type Rate, rateOf } from "./closing-rate.ts";
import { assisted, type Contribution, contribution, contributions, NO_CONTRIBUTION } from "./contribution.ts";
import type { CloseRow, Counted, JourneyCounts, Role } from "./counts.ts";
import { type FunnelStep, funnelOf } from "./funnel-steps.ts";
import { keptBack } from "./small-numbers.ts";

export interface ChannelFigures {
  /** Null: direct, without a touch in the window. */
  readonly channel: string | null;
  readonly firstTouch: Contribution;
  readonly lastTouch: Contribution;
  /** Of all conversions that the channel touched at all. */
  readonly assisted: Contribution;
  readonly funnel: readonly FunnelStep[];
}

export interface BranchFigures {
  readonly branchId: string;
  readonly visitors: number;
  readonly buyers: number;
  readonly orders: number;
  readonly valueVnd: number | null;
  readonly closing: Rate | null;
}

export interface JourneyFigures {
  readonly totals: Contribution;
  readonly funnel: readonly FunnelStep[];
  readonly channels: readonly ChannelFigures[];
  readonly campaigns: readonly CampaignFigures[];
  readonly branches: readonly BranchFigures[];
}

/** Most conversions first, direct last. */
const channelsOf = (counts: JourneyCounts): ChannelFigures[] => {
  const whole = counts.credits.filter(({ campaign }) => campaign === null);
  const of = (role: Role) =>
    new Map(whole.filter((row) => row.role === role).map((row) => [row.channel, row]));
  const [first, last] = [contributions(of("first"), counts.total), contributions(of("last"), counts.total)];
  const any = of("any");
  const reached = counts.reach.flatMap(({ channel }) => channel ?? []);
  const names = new Set([...first.keys(), ...last.keys(), ...any.keys(), ...reached]);
  const none = NO_CONTRIBUTION(counts.total);
  return [...names]
    .map((name): ChannelFigures => {
      const touched = any.get(name);
      const firstTouch = first.get(name) ?? none;
      const lastTouch = last.get(name) ?? none;
      return {
        channel: name === "" ? null : name,
        firstTouch,
        lastTouch,
        assisted: touched === undefined ? none : assisted(touched, counts.total, [firstTouch, lastTouch]),
        funnel:
          name === ""
            ? []
            : funnelOf(counts.reach.filter((row) => row.channel === name && row.campaign === null)),
      };
    })
    .toSorted(
      (a, b) =>
        Number(a.channel === null) - Number(b.channel === null) ||
        b.assisted.visits + b.assisted.orders - a.assisted.visits - a.assisted.orders ||
        (b.funnel[0]?.people ?? 0) - (a.funnel[0]?.people ?? 0) ||
        ((a.channel ?? "") < (b.channel ?? "") ? -1 : 1),
    );
};

/** What closes best is what is surely high: the lower end of the range decides. */
const branchesOf = ({ closes, total }: JourneyCounts): BranchFigures[] => {
  const kept = keptBack([...closes, ...notClosed(closes, total)]);
  return closes
    .map((row) => ({
      branchId: row.branchId,
      visitors: row.visitors,
      buyers: row.buyers,
      orders: row.orders,
      valueVnd: kept.has(row) ? null : row.valueVnd,
      closing: rateOf(row.buyers, row.visitors),
    }))
    .toSorted(
      (a, b) =>
        (b.closing?.low ?? -1) - (a.closing?.low ?? -1) ||
        b.visitors - a.visitors ||
        (a.branchId < b.branchId ? -1 : 1),
    );
};

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

/** Orders that no branch closed: their money is what the total has more. How many bought is at least the difference. */
const notClosed = (closes: readonly CloseRow[], total: Counted): readonly { readonly buyers: number }[] => {
  if (sumOf(closes.map(({ orders }) => orders)) >= total.orders) return [];
  return [{ buyers: Math.max(1, total.buyers - sumOf(closes.map(({ buyers }) => buyers))) }];
};

export const journeyFigures = (counts: JourneyCounts): JourneyFigures => ({
  totals: contribution(counts.total, counts.total),
  funnel: funnelOf(counts.reach.filter(({ channel }) => channel === null)),
  channels: channelsOf(counts),
  campaigns: byCampaign(counts),
  branches: branchesOf(counts),
});
