// The till of each branch: who is a member, what they buy, and the phone the cashier types. As in life it is typed in many
// ways, sometimes wrongly, and some households give one phone for two people. Numbers and codes only, no names.

import { phoneNumberOf } from "./address.ts";
import { type Chance, chance } from "./chance.ts";
import type { DemoBranchId, Person } from "./people.ts";
import type { LocalDay } from "./rhythm.ts";

export interface Purchase {
  id: string;
  at: number;
  branchId: DemoBranchId;
  totalVnd: number;
  items: { name: string; quantity: number; category: string }[];
  customer: { code: string; phone: string };
}

export interface Stay {
  day: LocalDay;
  branchId: DemoBranchId;
  from: number;
  to: number;
}

export const MENU = [
  { name: "Cà phê sữa đá", category: "coffee", vnd: 35_000 },
  { name: "Bạc xỉu", category: "coffee", vnd: 39_000 },
  { name: "Trà đào cam sả", category: "tea", vnd: 49_000 },
  { name: "Trà sen vàng", category: "tea", vnd: 55_000 },
  { name: "Bánh mì que", category: "food", vnd: 19_000 },
  { name: "Bánh chuối nướng", category: "food", vnd: 29_000 },
  { name: "Cà phê rang xay 250 g", category: "beans", vnd: 95_000 },
] as const;
export type MenuItem = (typeof MENU)[number];
const MEMBERS = 0.3;
const HOUSEHOLDS = 0.06;
const BUYS = 0.55;
const TYPOS = 0.02;

/** Every second person may be the next one's household: then both give the first one's phone. */
const isHousehold = (seed: number, number: number): boolean =>
  chance(seed, "household", Math.floor(number / 2)).happens(HOUSEHOLDS);

const isMember = (seed: number, people: readonly Person[], number: number): boolean =>
  isHousehold(seed, number) || chance(seed, "member", people[number]?.id ?? "").happens(MEMBERS);

/** `0912345678` as cashiers write it. */
const written = (phone: string, luck: Chance): string => {
  const [head, middle, tail] = [phone.slice(0, 4), phone.slice(4, 7), phone.slice(7)];
  const ways = [
    phone,
    `${head} ${middle} ${tail}`,
    `${head}.${middle}.${tail}`,
    `+84${phone.slice(1)}`,
    `84${phone.slice(1)}`,
  ];
  return ways[luck.weighted([5, 3, 1, 1, 1])] ?? phone;
};

const mistyped = (phone: string, luck: Chance): string => {
  const at = luck.whole(4, 9);
  const digit = (Number(phone[at]) + luck.whole(1, 9)) % 10;
  return phone.slice(0, at) + String(digit) + phone.slice(at + 1);
};

/** What this person buys on this visit; null for nothing, or for somebody whom the till does not know. */
export const purchaseOf = (
  seed: number,
  people: readonly Person[],
  number: number,
  { day, branchId, from, to }: Stay,
): Purchase | null => {
  const person = people[number];
  if (person === undefined || !isMember(seed, people, number)) return null;
  const luck = chance(seed, "till", person.id, day);
  if (!luck.happens(BUYS)) return null;
  const owner = people[isHousehold(seed, number) ? number - (number % 2) : number] ?? person;
  const phone = phoneNumberOf(seed, owner.id);
  const items = Array.from({ length: luck.whole(1, 3) }, () => {
    const item = MENU[luck.whole(0, MENU.length - 1)] ?? MENU[0];
    return { ...item, quantity: luck.happens(0.2) ? 2 : 1 };
  });
  return {
    id: `${branchId}-${day}-${number}`,
    at: Math.round(from + (to - from) * luck.between(0.1, 0.9)),
    branchId,
    totalVnd: items.reduce((sum, { vnd, quantity }) => sum + vnd * quantity, 0),
    items: items.map(({ name, quantity, category }) => ({ name, quantity, category })),
    customer: {
      code: `KH${String(number + 1).padStart(5, "0")}`,
      phone: written(luck.happens(TYPOS) ? mistyped(phone, luck) : phone, luck),
    },
  };
};
