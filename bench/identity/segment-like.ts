// Rules like those of Segment Unify: flat matching in arrival order, limits per identifier type with a window, and
// priorities that say which identifier of an event is dropped when a limit would break. A re-implementation from
// segmentio/segment-docs, src/unify/identity-resolution/*.md and product-limits.md; none of Segment's code was seen.

import { type Evidence, keyOf, messagesOf } from "./evidence.ts";
import type { Resolver } from "./resolver.ts";
import type { Limit, SegmentRules } from "./segment-rules.ts";

interface Held {
  readonly key: string;
  readonly kind: string;
  readonly at: number;
}

interface Profile {
  readonly name: string;
  held: Held[];
  merges: number;
}

/** "Hard caps: 100 merges per profile, 1000 id mappings per profile"; after that events still resolve. */
const MOST_MERGES = 100;
const MOST_MAPPINGS = 1_000;

const isBroken = (held: readonly Held[], kind: string, { most, windowMs }: Limit, now: number): boolean => {
  const recent = held.filter((one) => one.kind === kind && Math.abs(now - one.at) <= windowMs);
  return new Set(recent.map(({ key }) => key)).size > most;
};

export const segmentLike =
  (rules: SegmentRules): Resolver =>
  (evidence) => {
    const profileOf = new Map<string, Profile>();
    const seen = new Set<string>();

    const together = (profiles: readonly Profile[], ids: readonly Held[]): Held[] => {
      const known = profiles.flatMap(({ held }) => held);
      const keys = new Set(known.map(({ key }) => key));
      return [...known, ...ids.filter(({ key }) => !keys.has(key))];
    };

    const isAllowed = (profiles: readonly Profile[], held: readonly Held[], now: number): boolean => {
      if (profiles.length > 1 && profiles.some(({ merges }) => merges >= MOST_MERGES)) return false;
      if (held.length > MOST_MAPPINGS && profiles.length > 0) return false;
      const count = (all: readonly Held[], kind: string) => all.filter((one) => one.kind === kind).length;
      // Only what grows can break a limit now.
      const growing = [...new Set(held.map(({ kind }) => kind))].filter((kind) =>
        profiles.every((profile) => count(profile.held, kind) < count(held, kind)),
      );
      return growing.every((kind) => !isBroken(held, kind, rules.limitOf(kind), now));
    };

    const commit = (profiles: readonly Profile[], held: Held[]): void => {
      const [first, ...others] = profiles;
      const profile = first ?? { name: `${seen.size}/${held[0]?.key}`, held: [], merges: 0 };
      profile.held = held;
      profile.merges += others.reduce((sum, other) => sum + other.merges + 1, 0);
      for (const { key } of held) profileOf.set(key, profile);
    };

    const arrive = (event: readonly Evidence[]): void => {
      const now = event[0]?.observedAt ?? 0;
      const nodes = event.flatMap(({ a, b }) => [a, b]);
      const byKey = new Map(nodes.map((node) => [keyOf(node), node]));
      for (const key of byKey.keys()) seen.add(key);
      let ids = [...byKey]
        .filter(([, { value }]) => !rules.isBlocked(value))
        .map(([key, { realm, kind }]) => ({
          key,
          kind: `${realm}/${kind}`,
          at: now,
          rank: rules.priorityOf(kind),
        }))
        .toSorted((one, other) => one.rank - other.rank || (one.kind < other.kind ? -1 : 1));
      // "The lowest-priority id of the incoming event is dropped and matching retried."
      for (; ids.length > 0; ids = ids.slice(0, -1)) {
        const profiles = [...new Set(ids.flatMap(({ key }) => profileOf.get(key) ?? []))];
        const held = together(profiles, ids);
        if (isAllowed(profiles, held, now)) return commit(profiles, held);
      }
    };

    for (const event of messagesOf(evidence)) arrive(event);
    return new Map([...seen].map((key) => [key, profileOf.get(key)?.name ?? `alone ${key}`]));
  };
