// A recorded stretch of a store's day for the replay source, made from a seed, with the stays that are its truth.
// Addresses come again: within the gap, which makes one stay of two, and after it.

import { writeFileSync } from "node:fs";
import { macOf, seeded } from "./seeded.ts";
import type { TrueStay } from "./truth.ts";

export interface RecordedDay {
  file: string;
  stays: TrueStay[];
  from: number;
  to: number;
}

const MINUTE = 60_000;
/** Two events of one station stand further apart than the agent's debounce. */
const LEAST_MS = 20_000;

export const recordDay = (
  file: string,
  options: { seed: number; branch: number; devices: number; from: number; to: number },
): RecordedDay => {
  const { seed, branch, devices, from, to } = options;
  const random = seeded(seed);
  const stays: TrueStay[] = [];
  for (let device = 0; device < devices; device += 1) {
    const mac = macOf(branch, device);
    let at = from + Math.floor(random() * (to - from - 10 * MINUTE));
    for (let visit = 0; visit < 4 && at < to - MINUTE; visit += 1) {
      const end = Math.min(to, at + LEAST_MS + Math.floor(random() * random() * 60 * MINUTE));
      stays.push({ mac, from: at, to: end });
      if (random() < 0.4) break;
      at = end + LEAST_MS + Math.floor(random() * 40 * MINUTE);
    }
  }
  const events = stays.flatMap((stay) => [
    { at: stay.from, mac: stay.mac, event: "join" },
    { at: stay.to, mac: stay.mac, event: "leave" },
  ]);
  const lines = events.toSorted((a, b) => a.at - b.at).map((event) => JSON.stringify(event));
  writeFileSync(file, `${lines.join("\n")}\n`);
  return { file, stays, from, to };
};
