// Which of their identifiers a person gives at a moment: the own phone or the household's, an address, a device.

import type { Chance } from "../../scripts/demo/world/chance.ts";
import type { Mix } from "./mixes.ts";
import { DAY, type Person } from "./people.ts";
import type { Values } from "./values.ts";

/** Browsers forget and people clear cookies: an anonymous id lives about five months. */
const COOKIE_LIFE = 150 * DAY;
const DEVICES = 2;

export interface Habits {
  phone(person: Person, at: number): string | null;
  email(person: Person): string;
  device(person: Person, at: number): string;
  code(person: Person, at: number): string;
}

export const habitsOf = (mix: Mix, chance: Chance, values: Values): Habits => {
  const cookies = new Map<string, string>();
  const cookie = (name: string): string => {
    const value = cookies.get(name) ?? values.opaque();
    cookies.set(name, value);
    return value;
  };
  return {
    phone: (person, at) => {
      const own = person.phones.find((phone) => phone.from <= at && at <= phone.to)?.value ?? null;
      const shared = person.household?.phone ?? null;
      if (own === null || shared === null) return own ?? shared;
      return chance.happens(mix.givesShared) ? shared : own;
    },
    email: ({ emails, household }) => household?.email ?? emails[chance.whole(0, emails.length - 1)] ?? "",
    device: ({ id, household, from }, at) => {
      if (household?.tablet && chance.happens(0.5)) return household.tablet;
      return cookie(`${id}/${chance.whole(1, DEVICES)}/${Math.floor((at - from) / COOKIE_LIFE)}`);
    },
    code: ({ codes, from, to }, at) => (at > (from + to) / 2 ? codes.at(-1) : codes[0]) ?? "",
  };
};
