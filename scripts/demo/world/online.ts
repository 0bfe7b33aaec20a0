// What the demo's shoppers do online on the evening before they come, or without coming: an advert leads them into the web
// shop, or they write to the Official Account. Products are the till's; numbers only, no names.

import { phoneNumberOf } from "./address.ts";
import { type Chance, chance } from "./chance.ts";
import type { Person } from "./people.ts";
import { HOUR_MS, type LocalDay, MINUTE_MS, startOf } from "./rhythm.ts";
import { MENU, type MenuItem } from "./till.ts";

interface Done {
  /** No two have the same. */
  id: string;
  at: number;
  /** Number of the person, which is their account in the web shop and in Zalo. */
  person: number;
  phone: string;
  /** Whether the shop may remember them: their choice at its first page. */
  remembered: boolean;
}

export type OnlineAct = Done &
  (
    | { kind: "ad"; campaign: Campaign; item: MenuItem }
    | { kind: "view" | "cart"; item: MenuItem }
    | { kind: "log_in" }
    | { kind: "message"; text: string }
    | { kind: "share_phone" }
  );

type Act = OnlineAct extends infer One ? (One extends OnlineAct ? Omit<One, keyof Done> : never) : never;

export interface Campaign {
  source: string;
  medium: string;
  name: string;
}

/** Who comes often is online more often, and of all their visits few begin there. */
const OFTEN = { daily: 0.1, online: 0.95, beforeAVisit: 0.2 };
const SELDOM = { online: 0.15, beforeAVisit: 0.5 };
const WITHOUT_A_VISIT = 0.012;
const REMEMBERED = 0.9;

const CAMPAIGNS: readonly Campaign[] = [
  { source: "facebook", medium: "cpc", name: "ca-phe-moi" },
  { source: "google", medium: "cpc", name: "quan-gan-day" },
  { source: "tiktok", medium: "video", name: "tra-sen" },
  { source: "zalo", medium: "oa", name: "khach-quen" },
];

const QUESTIONS = [
  "Chi nhánh mình mở cửa tới mấy giờ vậy ạ?",
  "Còn cà phê rang xay 250 g không shop ơi?",
  "Trà sen hôm trước ngon lắm, cảm ơn shop",
  "Hôm qua đợi lâu quá, hơi thất vọng",
  "Tối nay quán còn chỗ ngồi không ạ?",
] as const;

const one = <T>(luck: Chance, of: readonly [T, ...T[]] | readonly T[]): T =>
  of[luck.whole(0, of.length - 1)] as T;

const inTheShop = (luck: Chance): [minute: number, act: Act][] => {
  const item = one(luck, MENU);
  const acts: [number, Act][] = [
    [0, { kind: "ad", campaign: one(luck, CAMPAIGNS), item }],
    [1, { kind: "view", item }],
  ];
  if (luck.happens(0.35)) acts.push([3, { kind: "cart", item }]);
  if (luck.happens(0.6)) acts.push([4, { kind: "log_in" }]);
  return acts;
};

const inChat = (luck: Chance): [minute: number, act: Act][] => [
  [20, { kind: "message", text: one(luck, QUESTIONS) }],
  ...(luck.happens(0.5) ? ([[22, { kind: "share_phone" }]] as [number, Act][]) : []),
];

/** `comes`: they visit a branch on the next day. */
export const onlineActsOf = (
  seed: number,
  { id: personId, daily }: Pick<Person, "id" | "daily">,
  person: number,
  day: LocalDay,
  comes: boolean,
): OnlineAct[] => {
  const habit = chance(seed, "online", personId);
  const { online, beforeAVisit } = daily > OFTEN.daily ? OFTEN : SELDOM;
  if (!habit.happens(online)) return [];
  const [shops, chats] = [
    [true, false],
    [true, true],
    [false, true],
  ][habit.weighted([0.4, 0.4, 0.2])] as [boolean, boolean];
  const luck = chance(seed, "evening", personId, day);
  if (!luck.happens(comes ? beforeAVisit : WITHOUT_A_VISIT)) return [];
  const from = startOf(day) + 18 * HOUR_MS + luck.between(0, 4 * HOUR_MS);
  const acts = [...(shops ? inTheShop(luck) : []), ...(chats ? inChat(luck) : [])];
  const phone = phoneNumberOf(seed, personId);
  const remembered = habit.happens(REMEMBERED);
  return acts.map(([minute, act], index) => ({
    ...act,
    id: `${day}-${person}-${index}`,
    at: Math.round(from + minute * MINUTE_MS),
    person,
    phone,
    remembered,
  }));
};
