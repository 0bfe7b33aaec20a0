// What the counter shows of a profile: chosen from what may be shown at all, never from the facts themselves.

import type { RedactedField, RedactionReason } from "../../../schema/redaction.ts";
import type { AssembledProfile } from "../profile/assemble.ts";
import type { ChannelEvents } from "../profile/facts.ts";
import { groupBy } from "../profile/group-by.ts";
import type { Stay } from "../profile/visits.ts";

const LAST = 5;
const LAST_ONLINE = 3;

/** Why a part of the counter's view is not shown. The counter always may see values, so `scope` cannot be. */
export type CounterLeftOut = Extract<RedactionReason, "no_consent" | "withdrawn" | "not_linked">;

export const leftOutOf = (profile: AssembledProfile, field: RedactedField): CounterLeftOut | null => {
  const reason = profile.redacted.find((one) => one.field === field)?.reason;
  switch (reason) {
    case undefined:
      return null;
    case "no_consent":
    case "withdrawn":
    case "not_linked":
      return reason;
    case "scope":
    case "restricted":
    case "unreadable":
      return "no_consent";
  }
};

/** The newest of each online channel, the latest first. */
export const counterOnline = (
  events: readonly ChannelEvents[],
): { readonly channel: string; readonly at: number }[] =>
  [...groupBy(events, ({ channel }) => channel)]
    .map(([channel, own]) => ({ channel, at: Math.max(...own.map(({ lastAt }) => lastAt)) }))
    .toSorted((a, b) => b.at - a.at || (a.channel < b.channel ? -1 : 1))
    .slice(0, LAST_ONLINE);

export interface CounterVisits {
  readonly total: number;
  /** Null where the counter's branch is not known. */
  readonly here: number | null;
  readonly last: readonly Stay[];
}

export const counterVisits = (
  { visits }: AssembledProfile,
  stays: readonly Stay[],
  branchId: string | null,
): CounterVisits | null => {
  if (visits === null) return null;
  const here = visits.byBranch.find((branch) => branch.branchId === branchId)?.visits ?? 0;
  return {
    total: visits.total,
    here: branchId === null ? null : here,
    last: stays.toSorted((a, b) => b.startedAt - a.startedAt).slice(0, LAST),
  };
};
