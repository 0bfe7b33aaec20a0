// What `ip -s -j neigh` prints: who answered lately. `confirmed` is the number of seconds since the neighbour last
// proved that it is there, so a packet waiting for a phone that has gone (DELAY, PROBE) does not make it present.
import type { Mac, Station } from "../station.ts";
import { parseMac } from "../station.ts";
import { asObject } from "./json.ts";

export type NeighbourDrop =
  | "stale"
  | "unproven"
  | "no_address"
  | "other_interface"
  | "bad_mac"
  | "unrecognised_row";

export type Neighbours =
  | { kind: "stations"; stations: Station[]; ignored: NeighbourDrop[] }
  | { kind: "unrecognised" };

/** A new entry starts as confirmed 60 s ago. If the phone is there, a probe makes it REACHABLE within 8 s. */
const PROVEN_MS = 60_000;
const SEEN = new Set(["REACHABLE", "DELAY", "PROBE"]);
const NO_ADDRESS = new Set(["FAILED", "INCOMPLETE", "NONE", "NOARP"]);

export const parseNeighbours = (text: string, device: string): Neighbours => {
  let rows: unknown;
  try {
    rows = text.trim() === "" ? [] : JSON.parse(text);
  } catch {
    return { kind: "unrecognised" };
  }
  if (!Array.isArray(rows)) return { kind: "unrecognised" };
  const ignored: NeighbourDrop[] = [];
  // A phone has one IPv4 and several IPv6 rows: the most recently confirmed one speaks for it.
  const stations = new Map<Mac, Station>();
  for (const row of rows as unknown[]) {
    const read = readRow(asObject(row), device);
    if (typeof read === "string") ignored.push(read);
    else if (read.inactiveMs < (stations.get(read.mac)?.inactiveMs ?? Number.POSITIVE_INFINITY))
      stations.set(read.mac, read);
  }
  return { kind: "stations", stations: [...stations.values()], ignored };
};

const readRow = (row: Record<string, unknown> | undefined, device: string): Station | NeighbourDrop => {
  const states = row?.["state"];
  if (row === undefined || !Array.isArray(states)) return "unrecognised_row";
  // `ip neigh show dev X` leaves the column out.
  if (row["dev"] !== undefined && row["dev"] !== device) return "other_interface";
  if (states.some((state) => NO_ADDRESS.has(state as string))) return "no_address";
  if (!states.some((state) => SEEN.has(state as string))) return "stale";
  const { lladdr, confirmed } = row as { lladdr?: unknown; confirmed?: unknown };
  const mac = typeof lladdr === "string" ? parseMac(lladdr) : null;
  if (mac === null) return "bad_mac";
  const inactiveMs = typeof confirmed === "number" && confirmed > 0 ? confirmed * 1000 : 0;
  if (!states.includes("REACHABLE") && inactiveMs >= PROVEN_MS) return "unproven";
  return { mac, inactiveMs };
};
