// One line of a replay file: `{"at": ms, "mac": "aa:bb:..", "event": "join"|"leave"|"seen"}`, and optionally the
// access point's name, the network's name and the signal.
import type { StationEvent } from "../station.ts";
import { parseMac } from "../station.ts";
import { parseObject } from "./json.ts";
import { scrubMacs } from "../scrub.ts";

export type ReplayLine =
  | { kind: "event"; event: StationEvent & { atMs: number } }
  | { kind: "unrecognised"; problem: string };

export const parseReplayLine = (line: string): ReplayLine => {
  const fields = parseObject(line);
  if (fields === undefined) return no("is not a JSON object");
  const { at, mac: address, event, ap = "replay", ssid, rssi } = fields;
  if (typeof at !== "number" || !Number.isSafeInteger(at) || at < 0)
    return no('"at" must be epoch milliseconds');
  const mac = typeof address === "string" ? parseMac(address) : null;
  if (mac === null) return no('"mac" must be the address of one station');
  if (event !== "join" && event !== "leave" && event !== "seen")
    return no('"event" must be "join", "leave" or "seen"');
  if (typeof ap !== "string") return no('"ap" must be a text');
  if (ssid !== undefined && typeof ssid !== "string") return no('"ssid" must be a text');
  if (rssi !== undefined && typeof rssi !== "number") return no('"rssi" must be a number of dBm');
  const station = {
    mac,
    inactiveMs: 0,
    ...(rssi !== undefined && { rssiDbm: rssi }),
    ...(ssid !== undefined && { ssid: scrubMacs(ssid) }),
  };
  return { kind: "event", event: { kind: event, station, ap: scrubMacs(ap), atMs: at } };
};

const no = (problem: string): ReplayLine => ({ kind: "unrecognised", problem });
