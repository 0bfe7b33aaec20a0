// The till: the customer's card is scanned and staff type a phone, which is where most wrong phones come from.

import type { Chance } from "../../scripts/demo/world/chance.ts";
import type { Habits } from "./habits.ts";
import type { Given, Ledger } from "./ledger.ts";
import type { Mix } from "./mixes.ts";
import type { Person } from "./people.ts";
import { mistyped } from "./values.ts";

export const FILLER = "0000000000";

export interface Till {
  order(person: Person, at: number): void;
}

const pick = <T>(all: readonly T[], chance: Chance): T | undefined => all[chance.whole(0, all.length - 1)];

export const tillOf = (
  mix: Mix,
  chance: Chance,
  habits: Habits,
  ledger: Ledger,
  of: { people: readonly Person[]; staff: readonly Person[]; shopPhone: string },
): Till => {
  const typed = (phone: string): { value: string; truly: boolean } => {
    const right = 1 - mix.fillers - mix.shopPhone - mix.staffPhones - mix.typos;
    const staff = pick(of.staff, chance)?.phones[0]?.value;
    switch (chance.weighted([mix.fillers, mix.shopPhone, mix.staffPhones, mix.typos, right])) {
      case 0:
        return { value: FILLER, truly: false };
      case 1:
        return { value: of.shopPhone, truly: false };
      case 2:
        return { value: staff ?? FILLER, truly: false };
      case 3: {
        const hit = chance.happens(mix.typoHits) ? pick(of.people, chance)?.phones[0]?.value : undefined;
        return { value: hit ?? mistyped(phone, chance), truly: false };
      }
      default:
        return { value: phone, truly: true };
    }
  };
  return {
    order: (person, at) => {
      const phone = chance.happens(0.85) ? habits.phone(person, at) : null;
      const given: Given[] = [];
      if (phone !== null) given.push({ kind: "phone", trust: 2, ...typed(phone) });
      if (chance.happens(0.15))
        given.push({ kind: "email", value: habits.email(person), trust: 2, truly: true });
      const by = { kind: "customer:pos", value: habits.code(person, at) };
      ledger.tell({ person, source: "till", realm: "commerce", at, by, with: given });
    },
  };
};
