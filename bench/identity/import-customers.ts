// One import of an older CRM, a year and a half in: a row a customer, and some rows slipped against each other.

import type { Chance } from "../../scripts/demo/world/chance.ts";
import type { Habits } from "./habits.ts";
import type { Given, Ledger } from "./ledger.ts";
import type { Mix } from "./mixes.ts";
import { DAY, type Person, START } from "./people.ts";
import type { Values } from "./values.ts";

const IMPORT_AT = START + 540 * DAY;

export const importCustomers = (
  mix: Mix,
  chance: Chance,
  values: Values,
  habits: Habits,
  ledger: Ledger,
  people: readonly Person[],
): void => {
  const rows = people.filter((person) => person.from < IMPORT_AT && chance.happens(mix.imported));
  rows.forEach((person, row) => {
    // The old system knew the phone of the first days, not today's.
    const phone = habits.phone(person, person.from);
    const neighbour = rows[row + 1];
    const slipped =
      neighbour && chance.happens(mix.importSlips) ? habits.phone(neighbour, neighbour.from) : null;
    const given: Given[] = [];
    if (phone !== null)
      given.push({ kind: "phone", value: slipped ?? phone, trust: 2, truly: slipped === null });
    if (chance.happens(0.7))
      given.push({ kind: "email", value: habits.email(person), trust: 2, truly: true });
    if (chance.happens(0.5))
      given.push({ kind: "customer:pos", value: person.codes[0] ?? "", trust: 2, truly: true });
    const by = { kind: "customer:crm", value: values.opaque() };
    ledger.tell({ person, source: "import", realm: "commerce", at: IMPORT_AT, by, with: given });
  });
};
