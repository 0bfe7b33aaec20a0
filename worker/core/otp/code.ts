// Six digits out of random bytes, each code equally likely.

import { OTP } from "./policy.ts";

const CODES = 10 ** OTP.digits;
// The largest multiple of 10^6 below 2^32: values above it would favour the low codes and are drawn again.
const FAIR = Math.floor(2 ** 32 / CODES) * CODES;

/** `random` answers a new uniform 32-bit number each time. */
export const newCode = (random: () => number): string => {
  let value = random();
  while (value >= FAIR) value = random();
  return String(value % CODES).padStart(OTP.digits, "0");
};
