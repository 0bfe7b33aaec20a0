// Who is in a store, as its agent tells it: every device that is there gets its stay extended by 30 s in each round;
// now and then one leaves and another comes. So nearly all observations are of devices that the open day knows.

import { randomBytes } from "node:crypto";

export interface CrowdObservation {
  device: string;
  keyId: string;
  from: number;
  to: number;
  left: boolean;
  randomised: boolean;
  source: "hostapd";
  ap: string;
  ssid: string;
  rssi: number;
}

const ROUND_MS = 30_000;
/** Half an hour in rounds of 30 s; a prime, so that every place in the crowd gets its turn. */
const LEAVES_IN = 61;

export class Crowd {
  readonly #devices: { token: string; to: number; randomised: boolean }[];
  readonly #keyId: string;
  #next = 0;
  #told = 0;

  constructor(size: number, startAt: number, keyId: string) {
    this.#keyId = keyId;
    this.#devices = Array.from({ length: size }, (_, index) => this.#arrive(startAt + index));
  }

  #arrive(at: number) {
    return { token: randomBytes(16).toString("base64url"), to: at, randomised: this.#told % 10 < 7 };
  }

  take(count: number): CrowdObservation[] {
    return Array.from({ length: count }, () => this.#tell());
  }

  #tell(): CrowdObservation {
    const index = this.#next % this.#devices.length;
    this.#next += 1;
    this.#told += 1;
    const device = this.#devices[index] ?? this.#arrive(0);
    const from = device.to;
    device.to += ROUND_MS;
    const left = this.#told % LEAVES_IN === 0;
    if (left) this.#devices[index] = this.#arrive(device.to + index);
    const { token, randomised } = device;
    const seen = { ap: "wlan0", ssid: "Quen Store", rssi: -50 - (index % 30) };
    return {
      device: token,
      keyId: this.#keyId,
      from,
      to: device.to,
      left,
      randomised,
      source: "hostapd",
      ...seen,
    };
  }
}
