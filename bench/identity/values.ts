// Makes identifier values that tell nothing about their owner, so that no resolver can gain from their order, and that
// never come twice unless somebody shares them.

import type { Chance } from "../../scripts/demo/world/chance.ts";

export interface Values {
  phone(): string;
  /** A code, an e-mail's local part, an anonymous id. */
  opaque(): string;
}

export const DIGITS = 8;

export const valuesFrom = (chance: Chance): Values => {
  const given = new Set<string>();
  const fresh = (make: () => string): string => {
    const value = make();
    if (given.has(value)) return fresh(make);
    given.add(value);
    return value;
  };
  const digits = () => String(chance.whole(0, 10 ** DIGITS - 1)).padStart(DIGITS, "0");
  const half = () => chance.whole(0, 0xffff_ffff).toString(16).padStart(8, "0");
  return {
    phone: () => fresh(() => `+849${digits()}`),
    opaque: () => fresh(() => `${half()}${half()}`),
  };
};

/** One wrong digit, or two neighbours swapped; never the number itself. */
export const mistyped = (phone: string, chance: Chance): string => {
  const at = chance.whole(phone.length - DIGITS, phone.length - 2);
  const [digit, next] = [phone.charAt(at), phone.charAt(at + 1)];
  const wrong = String((Number(digit) + chance.whole(1, 9)) % 10);
  const swapped = digit !== next && chance.happens(0.4);
  return phone.slice(0, at) + (swapped ? next + digit : wrong + next) + phone.slice(at + 2);
};
