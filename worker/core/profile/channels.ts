// Where a person was met: each visit of a store, each order and each online event is one event of its channel.

import type { ChannelEvents, OrderDay } from "./facts.ts";
import { groupBy } from "./group-by.ts";
import type { Stay } from "./visits.ts";

export interface ChannelSummary {
  readonly channel: string;
  readonly events: number;
  readonly lastAt: number;
}

/** The store's own channel: visits, not orders. */
export const STORE = "store";

/** The latest first. */
export const channelsOf = (
  stays: readonly Stay[],
  orders: readonly OrderDay[],
  online: readonly ChannelEvents[],
): ChannelSummary[] => {
  const met = [
    ...stays.map(({ startedAt }) => ({ channel: STORE, events: 1, lastAt: startedAt })),
    ...orders.map(({ channel, orders: events, lastAt }) => ({ channel, events, lastAt })),
    ...online,
  ];
  return [...groupBy(met, ({ channel }) => channel)]
    .map(([channel, own]) => ({
      channel,
      events: own.reduce((total, { events }) => total + events, 0),
      lastAt: Math.max(...own.map(({ lastAt }) => lastAt)),
    }))
    .toSorted((a, b) => b.lastAt - a.lastAt || (a.channel < b.channel ? -1 : 1));
};
