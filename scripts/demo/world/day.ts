// One day of the whole brand: what every branch's router hears, who signs in when, what the till tells and what is done
// online. Pure: the day depends on the seed, its date and the set of addresses that signed in before, which it returns grown.

import { addressOf, phoneNumberOf } from "./address.ts";
import { type Chance, chance } from "./chance.ts";
import { BRANCHES, type DemoBranchId, type Person, type Phone, STAFF_PER_BRANCH, phoneOf } from "./people.ts";
import {
  CLOSES_AT,
  DAY_MS,
  HOUR_MS,
  type LocalDay,
  MINUTE_MS,
  OPENS_AT,
  dayFactor,
  hourWeights,
  startOf,
} from "./rhythm.ts";
import { type OnlineAct, onlineActsOf } from "./online.ts";
import { type StationLine, stayLines } from "./stay.ts";
import { type Purchase, purchaseOf } from "./till.ts";

export interface SignIn {
  at: number;
  branchId: DemoBranchId;
  mac: string;
  phone: string;
  /** Boxes the shopper ticks; an empty list is a shopper who wants the WiFi only. */
  allows: ("visit_recognition" | "profile_linking" | "marketing_zalo" | "marketing_sms")[];
}

export interface BrandDay {
  day: LocalDay;
  lines: Record<DemoBranchId, StationLine[]>;
  signIns: SignIn[];
  purchases: Purchase[];
  online: OnlineAct[];
}

const ONE_TIME_VISITORS = 30;
const PASSERS = 80;

const arrival = (luck: Chance, day: LocalDay): number =>
  startOf(day) + OPENS_AT + luck.weighted(hourWeights(day)) * HOUR_MS + luck.between(0, HOUR_MS);

const allows = (luck: Chance): SignIn["allows"] => {
  const chosen: SignIn["allows"] = luck.happens(0.92) ? ["visit_recognition"] : [];
  if (luck.happens(0.4)) chosen.push("profile_linking");
  if (luck.happens(0.45)) chosen.push("marketing_zalo");
  if (luck.happens(0.2)) chosen.push("marketing_sms");
  return chosen;
};

const branchToday = (person: Person, day: LocalDay, luck: Chance): DemoBranchId | null => {
  if (!luck.happens(Math.min(0.97, person.daily * dayFactor(day)))) return null;
  const ids = BRANCHES.map((branch) => branch.id);
  return ids[luck.weighted(ids.map((id) => person.branches[id] ?? 0))] ?? null;
};

export const brandDay = (
  seed: number,
  day: LocalDay,
  people: readonly Person[],
  signedIn: Set<string>,
): BrandDay => {
  const lines: BrandDay["lines"] = { q1: [], "da-nang": [], "can-tho": [] };
  const signIns: SignIn[] = [];
  const purchases: Purchase[] = [];
  const online: OnlineAct[] = [];
  const stay = (
    branchId: DemoBranchId,
    mac: string,
    from: number,
    to: number,
    sleeps: boolean,
    luck: Chance,
  ) => {
    for (const line of stayLines({ mac, from, to, sleeps }, luck)) lines[branchId].push(line);
  };
  /** `number`: of one of the people; null for whoever comes once. */
  const visit = (
    who: Pick<Person, "id" | "phone" | "stayMinutes" | "signsIn">,
    branchId: DemoBranchId,
    number: number | null,
  ) => {
    const luck = chance(seed, "visit", who.id, day);
    const from = arrival(luck, day);
    const minutes = Math.min(240, Math.max(6, luck.around(who.stayMinutes, 0.55)));
    const to = Math.min(
      from + minutes * MINUTE_MS,
      startOf(day) + CLOSES_AT + luck.between(0, 10) * MINUTE_MS,
    );
    const mac = addressOf(seed, who.id, who.phone, day);
    const left = Math.max(to, from + 6 * MINUTE_MS);
    stay(branchId, mac, from, left, true, luck);
    const stayed = { day, branchId, from, to: left };
    const bought = number === null ? null : purchaseOf(seed, people, number, stayed);
    if (bought !== null) purchases.push(bought);
    if (signedIn.has(mac) || !luck.happens(who.signsIn)) return;
    signedIn.add(mac);
    const at = Math.round(from + luck.between(20_000, 90_000));
    signIns.push({ at, branchId, mac, phone: phoneNumberOf(seed, who.id), allows: allows(luck) });
  };

  for (const [number, person] of people.entries()) {
    const branchId = branchToday(person, day, chance(seed, "today", person.id, day));
    if (branchId !== null) visit(person, branchId, number);
    const comes = branchToday(person, day + 1, chance(seed, "today", person.id, day + 1)) !== null;
    online.push(...onlineActsOf(seed, person, number, day, comes));
  }
  for (const branch of BRANCHES) {
    const factor = branch.size * dayFactor(day);
    const somebody = (kind: string, number: number): { id: string; phone: Phone; luck: Chance } => {
      const id = `${kind}-${branch.id}-${day}-${number}`;
      const luck = chance(seed, "somebody", id);
      return { id, phone: phoneOf(luck), luck };
    };
    for (let number = 0; number < Math.round(ONE_TIME_VISITORS * factor); number += 1)
      visit({ ...somebody("visitor", number), stayMinutes: 26, signsIn: 0.03 }, branch.id, null);
    for (let number = 0; number < Math.round(PASSERS * factor); number += 1) {
      const { id, phone, luck } = somebody("passer", number);
      const from = arrival(luck, day);
      stay(
        branch.id,
        addressOf(seed, id, phone, day),
        from,
        from + luck.between(0.5, 4) * MINUTE_MS,
        true,
        luck,
      );
    }
    for (let number = 0; number < STAFF_PER_BRANCH; number += 1) {
      const id = `staff-${branch.id}-${number}`;
      const luck = chance(seed, "shift", id, day);
      if (luck.happens(0.28)) continue;
      const from = startOf(day) + (number % 2 === 0 ? 7.6 : 14) * HOUR_MS + luck.between(0, 20) * MINUTE_MS;
      stay(
        branch.id,
        addressOf(seed, id, "private", day),
        from,
        from + luck.between(7.8, 8.3) * HOUR_MS,
        true,
        luck,
      );
    }
    const printer = addressOf(seed, `printer-${branch.id}`, "factory", day);
    stay(
      branch.id,
      printer,
      startOf(day),
      startOf(day) + DAY_MS - 1,
      false,
      chance(seed, "printer", branch.id, day),
    );
    lines[branch.id].sort((a, b) => a.at - b.at);
  }
  const byTime = (a: { at: number }, b: { at: number }): number => a.at - b.at;
  return {
    day,
    lines,
    signIns: signIns.toSorted(byTime),
    purchases: purchases.toSorted(byTime),
    online: online.toSorted(byTime),
  };
};
