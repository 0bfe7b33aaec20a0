// Values that no earlier test used, so that suites can share one storage.

import type { PhoneNumber } from "../../schema/phone.ts";

const random = (below: number): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % below;

export const freshPhone = (): PhoneNumber => `+8491${1_000_000 + random(8_999_999)}` as PhoneNumber;

export const freshMac = (): string =>
  `02${random(2 ** 32)
    .toString(16)
    .padStart(8, "0")}aa`;
