// Finds the MAC of a device token at the moment of a grant: among the stations the sources have told, then in the
// kernel's neighbour table, then among those the gateway itself sees.

import { readOutput } from "../sources/child.ts";
import type { Mac } from "../station.ts";
import { parseMac } from "../station.ts";
import { asObject } from "../sources/json.ts";
import type { DeviceBook } from "./device-book.ts";

export type FindDevice = (
  device: string,
  gatewaySees: (signal: AbortSignal) => Promise<Mac[]>,
  signal: AbortSignal,
) => Promise<Mac | null>;

const LIMITS = { timeoutMs: 5_000, maxChars: 8_000_000 };

export const makeFindDevice =
  (book: DeviceBook, ipCommand: string): FindDevice =>
  async (device, gatewaySees, signal) => {
    const looks = [() => neighbours(ipCommand, signal), () => gatewaySees(signal)];
    for (const look of looks) {
      const known = book.macOf(device);
      if (known !== null) return known;
      for (const mac of await look()) book.saw(mac);
    }
    return book.macOf(device);
  };

/** Of every interface and state: an entry that went stale still names the phone. */
const neighbours = async (command: string, signal: AbortSignal): Promise<Mac[]> => {
  try {
    const { code, text } = await readOutput({ command, args: ["-j", "neigh", "show"], signal }, LIMITS);
    return code === 0 ? readNeighbourMacs(text) : [];
  } catch {
    // A router without iproute2 still has its sources and its gateway.
    return [];
  }
};

export const readNeighbourMacs = (text: string): Mac[] => {
  try {
    const rows: unknown = JSON.parse(text);
    return (Array.isArray(rows) ? rows : [])
      .map((row: unknown) => asObject(row)?.["lladdr"])
      .map((address) => (typeof address === "string" ? parseMac(address) : null))
      .filter((mac) => mac !== null);
  } catch {
    return [];
  }
};
