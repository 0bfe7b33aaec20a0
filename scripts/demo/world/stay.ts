// One stay of one device as the lines a replaying agent reads. Phones sleep: between two signs of life there may be
// a long gap, and not every phone says goodbye.

import type { Chance } from "./chance.ts";
import { MINUTE_MS } from "./rhythm.ts";

export interface StationLine {
  at: number;
  mac: string;
  event: "join" | "leave" | "seen";
  ap: string;
  ssid: string;
}

export interface Stay {
  mac: string;
  from: number;
  to: number;
  /** Phones doze, machines on mains power do not. */
  sleeps: boolean;
}

const SSID = "Quen WiFi";
// The agent ends a station after 5 min without a sign; a dozing phone is silent for longer than that, yet comes
// back within the 15 min that make one visit.
const AWAKE_MS: [number, number] = [90_000, 280_000];
const ASLEEP_MS: [number, number] = [6 * MINUTE_MS, 13 * MINUTE_MS];
const DOZES = 0.18;
const SAYS_GOODBYE = 0.7;

export const stayLines = (stay: Stay, luck: Chance): StationLine[] => {
  const ap = luck.happens(0.6) ? "ap-front" : "ap-back";
  const line = (at: number, event: StationLine["event"]): StationLine => ({
    at: Math.round(at),
    mac: stay.mac,
    event,
    ap,
    ssid: SSID,
  });
  const lines = [line(stay.from, "join")];
  for (let at = stay.from; ;) {
    const [low, high] = stay.sleeps && luck.happens(DOZES) ? ASLEEP_MS : AWAKE_MS;
    at += luck.between(low, high);
    if (at >= stay.to) break;
    lines.push(line(at, "seen"));
  }
  lines.push(line(stay.to, stay.sleeps && luck.happens(SAYS_GOODBYE) ? "leave" : "seen"));
  return lines;
};
