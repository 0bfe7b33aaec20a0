// Who lives around the three branches: regulars of different frequency, people who come now and then, staff, and a
// printer. One-time visitors and passers are made day by day in `day.ts`. Only numbers, no names: nobody is invented.

import { type Chance, chance } from "./chance.ts";

export const BRANCHES = [
  { id: "q1", name: "Quận 1", size: 1.3 },
  { id: "da-nang", name: "Đà Nẵng", size: 1 },
  { id: "can-tho", name: "Cần Thơ", size: 0.7 },
] as const;
export type DemoBranchId = (typeof BRANCHES)[number]["id"];

/** How a phone shows itself: `rotating` changes its address every two weeks, `private` keeps one per network. */
export type Phone = "rotating" | "private" | "factory";

export interface Person {
  id: string;
  phone: Phone;
  /** Chance of a visit on a day of average traffic. */
  daily: number;
  /** Share of that chance for each branch. */
  branches: Partial<Record<DemoBranchId, number>>;
  /** Median length of a stay. */
  stayMinutes: number;
  /** Chance to sign in when the portal is met with an address that is not signed in yet. */
  signsIn: number;
}

const GROUPS = [
  { name: "daily", count: 9, daily: 0.72, signsIn: 0.65, stay: 22 },
  { name: "often", count: 20, daily: 0.42, signsIn: 0.5, stay: 35 },
  { name: "weekly", count: 42, daily: 0.16, signsIn: 0.35, stay: 42 },
  { name: "now-and-then", count: 380, daily: 0.05, signsIn: 0.09, stay: 30 },
] as const;

export const phoneOf = (luck: Chance): Phone => {
  const kinds = ["rotating", "private", "factory"] as const;
  return kinds[luck.weighted([0.34, 0.58, 0.08])] ?? "private";
};

export const peopleOf = (seed: number): Person[] => {
  const people: Person[] = [];
  for (const branch of BRANCHES) {
    for (const group of GROUPS) {
      const count = Math.round(group.count * branch.size);
      for (let number = 0; number < count; number += 1) {
        const id = `${group.name}-${branch.id}-${number}`;
        const luck = chance(seed, "person", id);
        people.push({
          id,
          phone: phoneOf(luck),
          daily: group.daily * luck.between(0.7, 1.3),
          branches: { [branch.id]: 1 },
          stayMinutes: group.stay * luck.between(0.7, 1.4),
          signsIn: group.signsIn * luck.between(0.5, 1.5),
        });
      }
    }
  }
  // People who travel between the cities.
  for (let number = 0; number < 16; number += 1) {
    const id = `traveller-${number}`;
    const luck = chance(seed, "person", id);
    const branches = { q1: 0.5, "da-nang": luck.between(0.1, 0.5), "can-tho": luck.between(0.1, 0.4) };
    people.push({ id, phone: phoneOf(luck), daily: 0.3, branches, stayMinutes: 45, signsIn: 0.8 });
  }
  return people;
};

export const STAFF_PER_BRANCH = 5;
