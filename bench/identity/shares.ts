// What a made world really holds, counted from its truth and not from its settings: what the mixes promise is tested
// against these numbers, and the benchmark prints them beside its results.

import type { World } from "./households.ts";

export interface Shares {
  readonly people: number;
  readonly facts: number;
  readonly identifiers: number;
  /** Of all phones that belong to anybody: those that one household's members use together. */
  readonly sharedPhones: number;
  /** Of the same: those with two owners one after the other. */
  readonly recycledPhones: number;
  /** Of all anonymous ids: in-store kiosks. */
  readonly kiosks: number;
  /** Of all log-ins with an anonymous id: those on a kiosk. */
  readonly kioskLogins: number;
}

/** Profiles of one person in two realms are one person here. */
const personOf = (profile: string): string => profile.split("/")[0] ?? profile;

const usersOf = ({ owners }: World, isWanted: (kind: string) => boolean): Map<string, Set<string>> => {
  const users = new Map<string, Set<string>>();
  for (const [key, profiles] of owners) {
    const [, kind = "", value = ""] = key.split("|");
    if (!isWanted(kind) || profiles.size === 0) continue;
    const known = users.get(value) ?? new Set();
    users.set(value, new Set([...known, ...[...profiles].map(personOf)]));
  }
  return users;
};

export const sharesOf = (world: World): Shares => {
  const homes = new Set(world.people.flatMap(({ household }) => household?.phone ?? []));
  const phones = usersOf(world, (kind) => kind === "phone");
  const several = [...phones].filter(([, users]) => users.size > 1).map(([phone]) => phone);
  const shared = several.filter((phone) => homes.has(phone)).length;
  const anonymous = usersOf(world, (kind) => kind.startsWith("anonymous:"));
  const logins = world.evidence.filter(({ b }) => b.kind.startsWith("anonymous:"));
  return {
    people: world.people.length,
    facts: world.evidence.length,
    identifiers: world.owners.size,
    sharedPhones: shared / phones.size,
    recycledPhones: (several.length - shared) / phones.size,
    kiosks: world.kiosks.size / anonymous.size,
    kioskLogins: logins.filter(({ source }) => source === "kiosk").length / logins.length,
  };
};
