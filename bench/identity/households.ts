// A customer base made from a seed: what the systems of a brand were told about identifiers over four years, and the
// truth of whose they are. The same mix and seed always give the same world.

import { chance } from "../../scripts/demo/world/chance.ts";
import { ANONYMOUS, channelsOf } from "./channels.ts";
import { type Evidence, keyOf } from "./evidence.ts";
import { habitsOf } from "./habits.ts";
import { importCustomers } from "./import-customers.ts";
import { newLedger } from "./ledger.ts";
import type { Mix } from "./mixes.ts";
import { type Person, peopleOf } from "./people.ts";
import { tillOf } from "./till.ts";
import { valuesFrom } from "./values.ts";

export interface World {
  readonly people: readonly Person[];
  /** In the order of observation. */
  readonly evidence: readonly Evidence[];
  /** For every identifier of the evidence the profiles that really use it; none for what belongs to nobody. */
  readonly owners: ReadonlyMap<string, ReadonlySet<string>>;
  /** Keys of the kiosks' anonymous ids. */
  readonly kiosks: ReadonlySet<string>;
}

const FEWEST_LOGINS = 12;

export const makeWorld = (mix: Mix, seed: number): World => {
  const values = valuesFrom(chance(seed, "values"));
  const people = peopleOf(mix, chance(seed, "people"), values);
  const draw = chance(seed, "facts");
  const ledger = newLedger();
  const habits = habitsOf(mix, draw, values);
  const staff = people
    .filter((person) => person.household === null)
    .slice(0, Math.round((people.length * mix.staff) / 100));
  const till = tillOf(mix, draw, habits, ledger, { people, staff, shopPhone: values.phone() });
  const channels = channelsOf(draw, habits, ledger);

  for (const person of people) {
    const facts = Math.max(1, Math.round(draw.around(mix.facts, 0.6)));
    for (let fact = 0; fact < facts; fact += 1) {
      const at = draw.between(person.from, person.to);
      const does = draw.weighted([0.5, 0.3, 0.2]);
      if (does === 0) till.order(person, at);
      else if (does === 1) channels.shopOnline(person, at);
      else channels.signIn(person, at);
    }
  }
  importCustomers(mix, draw, values, habits, ledger, people);

  const kiosks = new Set<string>();
  for (let kiosk = 0; kiosk < Math.round((people.length * mix.kiosks) / 100); kiosk += 1) {
    const value = values.opaque();
    kiosks.add(keyOf({ realm: "commerce", kind: ANONYMOUS, value }));
    const logins = Math.max(FEWEST_LOGINS, Math.round(draw.around(mix.kioskLogins, 0.4)));
    for (const person of among(people, logins, () => draw.next()))
      channels.useKiosk(person, draw.between(person.from, person.to), value);
  }
  return { people, evidence: ledger.evidence(), owners: ledger.owners, kiosks };
};

/** Different people, so that a kiosk of twelve logins is one of twelve people. */
const among = (people: readonly Person[], size: number, next: () => number): Person[] => {
  const drawn = new Set<Person>();
  while (drawn.size < Math.min(size, people.length)) {
    const person = people[Math.floor(next() * people.length)];
    if (person !== undefined) drawn.add(person);
  }
  return [...drawn];
};
