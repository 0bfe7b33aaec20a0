// Rows by channel and campaign. A campaign that fewer than ten people were touched by is not named: whoever makes links can
// write into one whom it is for. Such campaigns are one row of their channel.

import { groupBy } from "../profile/group-by.ts";
import { type Contribution, contributions, NO_CONTRIBUTION } from "./contribution.ts";
import { type Counted, type CreditRow, type JourneyCounts, NOTHING_COUNTED, type Role } from "./counts.ts";
import { type FunnelStep, funnelOf } from "./funnel-steps.ts";
import { keptBack, MIN_PEOPLE } from "./small-numbers.ts";

export interface CampaignName {
  readonly source: string | null;
  readonly medium: string | null;
  readonly name: string | null;
}

export interface CampaignFigures {
  readonly channel: string;
  /** `none`: touches without a campaign. `others`: campaigns of fewer than ten people each; who was touched by two of them
   * counts twice. */
  readonly kind: "named" | "none" | "others";
  readonly campaign: CampaignName | null;
  readonly firstTouch: Contribution;
  readonly lastTouch: Contribution;
  readonly funnel: readonly FunnelStep[];
}

const OTHERS = "others";
/** In the form of its kind: no campaign is a bare word. */
type Label = string;

const plus = (a: Counted, b: Counted): Counted => ({
  people: a.people + b.people,
  buyers: a.buyers + b.buyers,
  visits: a.visits + b.visits,
  orders: a.orders + b.orders,
  storeOrders: a.storeOrders + b.storeOrders,
  valueVnd: a.valueVnd + b.valueVnd,
});

const nameOf = (label: Label): Pick<CampaignFigures, "kind" | "campaign"> => {
  if (label === OTHERS) return { kind: "others", campaign: null };
  if (label === "") return { kind: "none", campaign: null };
  const [source, medium, name] = JSON.parse(label) as (string | null)[];
  return { kind: "named", campaign: { source: source ?? null, medium: medium ?? null, name: name ?? null } };
};

/** By JSON of [channel, label]. */
const keyOf = (channel: string, label: Label): string => JSON.stringify([channel, label]);

/** A row of a channel as a whole has no campaign. */
type OfCampaign<Row> = Row & { readonly channel: string; readonly campaign: string };
const hasCampaign = <Row extends { readonly channel: string | null; readonly campaign: string | null }>(
  row: Row,
): row is OfCampaign<Row> => row.channel !== null && row.campaign !== null;

export const byCampaign = (counts: JourneyCounts): CampaignFigures[] => {
  const credits = counts.credits.filter(hasCampaign);
  const reach = counts.reach.filter(hasCampaign);
  const people = new Map<string, number>();
  for (const row of reach) {
    const key = keyOf(row.channel, row.campaign);
    people.set(key, (people.get(key) ?? 0) + row.people);
  }
  // Whoever was touched before the period and came in it has no part in the funnel.
  for (const row of credits) {
    const key = keyOf(row.channel, row.campaign);
    people.set(key, Math.max(people.get(key) ?? 0, row.people));
  }
  const labelled = ({ channel, campaign }: { channel: string; campaign: string }): string => {
    const isShown = campaign === "" || (people.get(keyOf(channel, campaign)) ?? 0) >= MIN_PEOPLE;
    return keyOf(channel, isShown ? campaign : OTHERS);
  };
  // Channels are shown too: the campaigns of one divide it, and tell it where it is kept back.
  const of = (role: Role): ReadonlyMap<string, Contribution> => {
    const whole = counts.credits.filter((row) => row.role === role && row.campaign === null);
    const kept = new Set([...keptBack(whole)].map(({ channel }) => channel));
    const own = groupBy(
      credits.filter((row: CreditRow) => row.role === role),
      ({ channel }) => channel,
    );
    return new Map(
      [...own].flatMap(([channel, rows]) => {
        const sums = new Map<string, Counted>();
        for (const row of rows) {
          const key = labelled(row);
          sums.set(key, plus(sums.get(key) ?? NOTHING_COUNTED, row));
        }
        const all = [...sums.values()];
        const hidden = kept.has(channel) ? new Set(all.filter(({ buyers }) => buyers > 0)) : keptBack(all);
        return [...contributions(sums, counts.total, hidden)];
      }),
    );
  };
  const [first, last] = [of("first"), of("last")];
  const none = NO_CONTRIBUTION(counts.total);
  const keys = new Set([...credits, ...reach].map(labelled));
  return [...keys]
    .map((key): CampaignFigures => {
      const [channel = "", label = ""] = JSON.parse(key) as string[];
      return {
        channel,
        ...nameOf(label),
        firstTouch: first.get(key) ?? none,
        lastTouch: last.get(key) ?? none,
        funnel: funnelOf(reach.filter((row) => labelled(row) === key)),
      };
    })
    .toSorted(
      (a, b) =>
        b.lastTouch.visits + b.lastTouch.orders - a.lastTouch.visits - a.lastTouch.orders ||
        (b.funnel[0]?.people ?? 0) - (a.funnel[0]?.people ?? 0) ||
        (keyOf(a.channel, JSON.stringify(a.campaign)) < keyOf(b.channel, JSON.stringify(b.campaign))
          ? -1
          : 1),
    );
};
