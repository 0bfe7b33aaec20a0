// Whether a client of openNDS was active since the last answer, by what it loaded. With legacy iptables openNDS 9 stamps
// `last_active` once and never again, because it looks for uploads in nftables only.

import type { Mac, Station } from "../station.ts";
import { parseMac } from "../station.ts";
import { asObject, parseObject } from "./json.ts";

const COUNTERS = ["download_this_session", "upload_this_session"] as const;

/** Kilobytes of each client's session. */
export const readTraffic = (text: string): ReadonlyMap<Mac, number> => {
  const traffic = new Map<Mac, number>();
  for (const [address, value] of Object.entries(asObject(parseObject(text)?.["clients"]) ?? {})) {
    const [mac, fields] = [parseMac(address), asObject(value) ?? {}];
    const kilobytes = COUNTERS.reduce((sum, name) => sum + (Number(fields[name]) || 0), 0);
    if (mac !== null) traffic.set(mac, kilobytes);
  }
  return traffic;
};

/** Remembers one answer. Whose counter grew since is active now: late by at most the time between two answers. */
export const trafficMemory = (): ((
  stations: readonly Station[],
  traffic: ReadonlyMap<Mac, number>,
) => Station[]) => {
  let before: ReadonlyMap<Mac, number> = new Map();
  return (stations, traffic) => {
    const grew = ({ mac }: Station): boolean => (traffic.get(mac) ?? 0) > (before.get(mac) ?? Infinity);
    const active = stations.map((station) => (grew(station) ? { ...station, inactiveMs: 0 } : station));
    before = traffic;
    return active;
  };
};
