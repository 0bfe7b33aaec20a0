// The hardware address that a phone shows to the shops' network on a day, and the phone number of its owner.
// Both are made from the seed, so a run can be repeated; numbers have the form of Vietnamese mobile numbers.

import { chance } from "./chance.ts";
import type { Phone } from "./people.ts";
import type { LocalDay } from "./rhythm.ts";

const ROTATION_DAYS = 14;

export const addressOf = (seed: number, owner: string, phone: Phone, day: LocalDay): string => {
  // Phones do not all rotate on the same day.
  const phase = chance(seed, "phase", owner).whole(0, ROTATION_DAYS - 1);
  const epoch = phone === "rotating" ? Math.floor((day + phase) / ROTATION_DAYS) : 0;
  const luck = chance(seed, "address", owner, epoch);
  const bytes = Array.from({ length: 6 }, () => luck.whole(0, 255));
  const first = bytes[0] ?? 0;
  // Bit 1 says "locally administered", bit 0 would be a group address.
  bytes[0] = phone === "factory" ? first & 0xfc : (first & 0xfc) | 0x02;
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(":");
};

const PREFIXES = ["032", "033", "036", "038", "070", "077", "081", "085", "090", "093", "096", "098"];

export const phoneNumberOf = (seed: number, owner: string): string => {
  const luck = chance(seed, "number", owner);
  const prefix = PREFIXES[luck.whole(0, PREFIXES.length - 1)] ?? "090";
  return prefix + String(luck.whole(0, 9_999_999)).padStart(7, "0");
};
