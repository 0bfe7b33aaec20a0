// A profile as the API tells it: what is left of it is opened, everything at once, and put into the words of the wire.

import type { ProfileView } from "../../schema/wire/crm.ts";
import type { AssembledProfile, Reachable } from "../core/profile/assemble.ts";
import type { TraitRow } from "../core/profile/facts.ts";
import { LIFECYCLE_VERSION } from "../core/profile/lifecycle.ts";
import type { Access } from "../core/profile/redaction.ts";
import { identifierContext } from "../portal/ledger.ts";
import { openIfReadable } from "../portal/open-if-readable.ts";
import { nameContext } from "../portal/rights/details.ts";
import type { Seal } from "../portal/seal.ts";

const iso = (at: number): string => new Date(at).toISOString();
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

type Identifiers = NonNullable<ProfileView["identifiers"]>;

const identifiersOf = (seal: Seal, members: readonly Reachable[], access: Access): Promise<Identifiers> =>
  Promise.all(
    members.map(
      async ({ key, kind, sealed, verifiedAt, firstSeenAt, lastSeenAt, userInitiated, contact }) => {
        const value =
          access === "personal" ? await openIfReadable(seal, sealed, identifierContext(key)) : null;
        return {
          kind,
          ...(value === null ? {} : { value }),
          verified: verifiedAt !== null,
          userInitiated,
          firstSeenAt: iso(firstSeenAt),
          lastSeenAt: iso(lastSeenAt),
          contact: [...contact],
        };
      },
    ),
  );

export const traitContext = ({ from, key, name, source }: TraitRow): string =>
  from === "person" ? nameContext(key) : `trait/${key}/${name}/${source}`;

const traitsOf = async (seal: Seal, rows: readonly TraitRow[]): Promise<NonNullable<ProfileView["traits"]>> =>
  Object.fromEntries(
    (
      await Promise.all(
        rows.map(async (row) => {
          const value = await openIfReadable(seal, row.sealed, traitContext(row));
          return value === null ? [] : [[row.name, { value, source: row.source, at: iso(row.at) }] as const];
        }),
      )
    ).flat(),
  );

type Redactions = ProfileView["redacted"];

/** What should be there and did not open. */
const unreadable = (
  { traits: rows }: AssembledProfile,
  identifiers: Identifiers | null,
  traits: ProfileView["traits"] | null,
  access: Access,
): Redactions => {
  const reason = "unreadable" as const;
  const isShort = access === "personal" && identifiers?.some(({ value }) => value === undefined) === true;
  const fewer = Object.keys(traits ?? {}).length < (rows?.length ?? 0);
  return [
    ...(isShort ? [{ field: "identifiers.value" as const, reason }] : []),
    ...(fewer ? [{ field: "traits" as const, reason }] : []),
  ];
};

const words = <Key extends string>(consent: Partial<Record<Key, { state: string; at: number }>>) =>
  Object.fromEntries(
    Object.entries<{ state: string; at: number } | undefined>(consent).flatMap(([purpose, word]) =>
      word === undefined ? [] : [[purpose, { ...word, at: iso(word.at) }]],
    ),
  ) as NonNullable<ProfileView["consent"]>;

export const profileView = async (
  seal: Seal,
  profile: AssembledProfile,
  access: Access,
): Promise<ProfileView> => {
  const [identifiers, traits] = await Promise.all([
    profile.identifiers === null ? null : identifiersOf(seal, profile.identifiers, access),
    profile.traits === null ? null : traitsOf(seal, profile.traits),
  ]);
  const { id, realms, previousIds, visits, orders, channels, lifecycle, consent, contact } = profile;
  return {
    id,
    realms: [...realms],
    previousIds: [...previousIds],
    ...(identifiers === null ? {} : { identifiers }),
    ...(traits === null ? {} : { traits }),
    ...(visits === null
      ? {}
      : {
          visits: {
            ...visits,
            firstAt: isoOrNull(visits.firstAt),
            lastAt: isoOrNull(visits.lastAt),
            byBranch: visits.byBranch.map((branch) => ({ ...branch, lastAt: iso(branch.lastAt) })),
          },
        }),
    ...(orders === null ? {} : { orders: { ...orders, lastAt: isoOrNull(orders.lastAt) } }),
    ...(channels === null
      ? {}
      : { channels: channels.map((channel) => ({ ...channel, lastAt: iso(channel.lastAt) })) }),
    ...(lifecycle === null
      ? {}
      : {
          lifecycle: { stage: lifecycle.stage, since: isoOrNull(lifecycle.since), rules: LIFECYCLE_VERSION },
        }),
    ...(consent === null ? {} : { consent: words(consent) }),
    ...(contact === null ? {} : { contact }),
    redacted: [...profile.redacted, ...unreadable(profile, identifiers, traits, access)],
    version: profile.version,
    updatedAt: iso(profile.updatedAt),
  };
};
