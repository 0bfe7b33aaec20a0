// Which MAC a device token is: in memory only, bounded, the longest unseen forgotten first. Nothing here is ever
// written, logged or sent.

import type { DeviceKey } from "../pseudonym.ts";
import { makeTokens } from "../pseudonym.ts";
import type { Mac } from "../station.ts";

/** Some 200 bytes each; a store has a few hundred at once. */
const MAX_DEVICES = 4_096;

export class DeviceBook {
  readonly #tokens: (mac: Mac) => string[];
  readonly #most: number;
  /** In the order in which they were seen last. */
  readonly #known = new Map<Mac, readonly string[]>();
  readonly #macs = new Map<string, Mac>();

  constructor(keys: readonly DeviceKey[], most: number = MAX_DEVICES) {
    this.#tokens = makeTokens(keys);
    this.#most = most;
  }

  get size(): number {
    return this.#known.size;
  }

  saw(mac: Mac): void {
    const tokens = this.#known.get(mac) ?? this.#tokens(mac);
    this.#known.delete(mac);
    this.#known.set(mac, tokens);
    for (const token of tokens) this.#macs.set(token, mac);
    if (this.#known.size > this.#most) this.#forgetOldest();
  }

  macOf(device: string): Mac | null {
    return this.#macs.get(device) ?? null;
  }

  /** Whether this MAC has this token, under any key. */
  isOf(device: string, mac: Mac): boolean {
    this.saw(mac);
    return this.macOf(device) === mac;
  }

  #forgetOldest(): void {
    for (const [mac, tokens] of this.#known) {
      this.#known.delete(mac);
      for (const token of tokens) this.#macs.delete(token);
      return;
    }
  }
}
