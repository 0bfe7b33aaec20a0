// The channels where people type for themselves: web shop, captive portal with Zalo, and in-store kiosk.

import type { Chance } from "../../scripts/demo/world/chance.ts";
import type { Habits } from "./habits.ts";
import type { Given, Ledger } from "./ledger.ts";
import type { Person } from "./people.ts";

export const ANONYMOUS = "anonymous:web";

export interface Channels {
  /** Logged in to the web shop; some by a code sent to the phone, some add their customer card. */
  shopOnline(person: Person, at: number): void;
  /** Signed in to the WiFi: the phone is proven there, and linked if the person allows it. */
  signIn(person: Person, at: number): void;
  /** Looked up the own points on a kiosk of the store. */
  useKiosk(person: Person, at: number, kiosk: string): void;
}

export const channelsOf = (chance: Chance, habits: Habits, ledger: Ledger): Channels => {
  const joined = new Set<number>();
  const joinZalo = (person: Person, at: number): void => {
    if (person.zalo === null || joined.has(person.id)) return;
    joined.add(person.id);
    const by = { kind: "zalo_app:1", value: person.zalo.app };
    const oa: Given = { kind: "zalo_oa:1", value: person.zalo.oa, trust: 1, truly: true };
    ledger.tell({ person, source: "zalo-webhook", realm: "store", at, by, with: [oa] });
  };
  const own = (kind: string, value: string, trust: Given["trust"]): Given => ({
    kind,
    value,
    trust,
    truly: true,
  });
  return {
    shopOnline: (person, at) => {
      if (person.account === null) return;
      const given = [own(ANONYMOUS, habits.device(person, at), 3)];
      const phone = chance.happens(0.6) ? habits.phone(person, at) : null;
      if (phone !== null) given.push(own("phone", phone, chance.happens(0.5) ? 1 : 2));
      if (chance.happens(0.8)) given.push(own("email", habits.email(person), 2));
      if (chance.happens(0.3)) given.push(own("customer:pos", habits.code(person, at), 2));
      const by = { kind: "customer:web", value: person.account };
      ledger.tell({ person, source: "web", realm: "commerce", at, by, with: given });
    },
    signIn: (person, at) => {
      joinZalo(person, at);
      const phone = habits.phone(person, at);
      if (phone === null) return;
      const given: Given[] = [];
      if (person.linked) given.push({ ...own("phone", phone, 1), realm: "commerce" });
      if (person.zalo !== null && chance.happens(0.5)) given.push(own("zalo_app:1", person.zalo.app, 1));
      ledger.tell({
        person,
        source: "portal",
        realm: "store",
        at,
        by: { kind: "phone", value: phone },
        with: given,
      });
    },
    useKiosk: (person, at, kiosk) => {
      const given = [own(ANONYMOUS, kiosk, 3)];
      const phone = habits.phone(person, at);
      if (phone !== null) given.push(own("phone", phone, 2));
      const by = { kind: "customer:pos", value: habits.code(person, at) };
      ledger.tell({ person, source: "kiosk", realm: "commerce", at, by, with: given });
    },
  };
};
