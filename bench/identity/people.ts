// Who there is: single people, households that share a phone, and strangers who own one number in turn.
// Draws only what is true of people; what the systems of the brand get to see of it is written elsewhere.

import type { Chance } from "../../scripts/demo/world/chance.ts";
import type { Mix } from "./mixes.ts";
import type { Values } from "./values.ts";

export const DAY = 86_400_000;
export const START = Date.UTC(2022, 0, 1);
const MONTH = 30 * DAY;
const MONTHS = 48;
export const END = START + MONTHS * MONTH;

export interface Phone {
  readonly value: string;
  readonly from: number;
  readonly to: number;
}

/** What a household has in common. */
export interface Household {
  readonly phone: string;
  readonly email: string | null;
  readonly tablet: string | null;
}

export interface Person {
  readonly id: number;
  /** Own phones, one after the other. */
  readonly phones: readonly Phone[];
  readonly household: Household | null;
  /** Codes at the till; a second one replaces the first half way. */
  readonly codes: readonly string[];
  readonly emails: readonly string[];
  readonly account: string | null;
  readonly zalo: { readonly app: string; readonly oa: string } | null;
  readonly linked: boolean;
  readonly from: number;
  readonly to: number;
}

type Life = Pick<Person, "from" | "to" | "phones" | "household">;

export const peopleOf = (mix: Mix, chance: Chance, values: Values): Person[] => {
  const people: Person[] = [];
  const add = (life: Life): void =>
    void people.push({ id: people.length, ...life, ...traits(mix, chance, values) });
  while (people.length < mix.people) {
    const single = 1 - mix.households - mix.recycledNumbers;
    const kind = chance.weighted([mix.households, mix.recycledNumbers, single]);
    if (kind === 0) household(mix, chance, values).forEach(add);
    else if (kind === 1) successors(mix, chance, values).forEach(add);
    else add(alone(mix, chance, values));
  }
  return people;
};

const traits = (mix: Mix, chance: Chance, values: Values) => ({
  codes: chance.happens(mix.secondCodes) ? [values.opaque(), values.opaque()] : [values.opaque()],
  emails: Array.from(
    { length: chance.happens(mix.secondEmails) ? 2 : 1 },
    () => `${values.opaque()}@mail.test`,
  ),
  account: chance.happens(mix.web) ? values.opaque() : null,
  zalo: chance.happens(mix.zalo) ? { app: values.opaque(), oa: values.opaque() } : null,
  linked: chance.happens(mix.linked),
});

/** A customer for at least half a year, at any time of the four. */
const span = (chance: Chance) => {
  const from = START + chance.between(0, MONTHS - 12) * MONTH;
  return { from, to: from + chance.between(6 * MONTH, END - from) };
};

const alone = (mix: Mix, chance: Chance, values: Values): Life => {
  const { from, to } = span(chance);
  const change = chance.happens(mix.changedNumbers) ? chance.between(from, to) : to;
  const first = { value: values.phone(), from, to: change };
  const phones = change < to ? [first, { value: values.phone(), from: change, to }] : [first];
  return { from, to, phones, household: null };
};

const household = (mix: Mix, chance: Chance, values: Values): Life[] => {
  // Couples, a parent with a child, and larger families.
  const size = 2 + chance.weighted([0.55, 0.25, 0.15, 0.05]);
  const shared: Household = {
    phone: values.phone(),
    email: chance.happens(mix.sharedEmails) ? `${values.opaque()}@family.test` : null,
    tablet: chance.happens(mix.sharedTablets) ? values.opaque() : null,
  };
  return Array.from({ length: size }, (_, index) => {
    const { from, to } = span(chance);
    // The first is the one whom the shared phone belongs to.
    const own = index === 0 ? shared.phone : chance.happens(mix.ownPhones) ? values.phone() : null;
    return { from, to, phones: own === null ? [] : [{ value: own, from, to }], household: shared };
  });
};

const successors = (mix: Mix, chance: Chance, values: Values): Life[] => {
  const value = values.phone();
  const from = START + chance.between(0, 6) * MONTH;
  const given = from + chance.between(6, 14) * MONTH;
  const taken = given + chance.between(12.5, 20) * MONTH;
  const first = { value, from, to: given };
  const stays = chance.happens(mix.keepsShopping);
  const to = stays ? Math.min(END, given + chance.between(3, 30) * MONTH) : given;
  const next = { value: values.phone(), from: given, to };
  return [
    { from, to, phones: stays ? [first, next] : [first], household: null },
    { from: taken, to: END, phones: [{ value, from: taken, to: END }], household: null },
  ];
};
