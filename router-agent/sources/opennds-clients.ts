// What `ndsctl json` answers: its exit code first, then the clients. All its values are texts. The clients' tokens,
// which open the network, and their addresses are not taken over.
import type { Station } from "../station.ts";
import { parseMac } from "../station.ts";
import { asObject, parseObject } from "./json.ts";

export type OpenndsDrop = "blocked" | "trusted" | "unknown_state" | "bad_mac";

export type OpenndsAnswer =
  | { kind: "stations"; stations: Station[]; ignored: OpenndsDrop[] }
  | { kind: "busy" }
  | { kind: "down" }
  | { kind: "unrecognised" };

/** 4: another ndsctl holds the lock; 5 and 6: the lock file could not be opened or locked. */
const BUSY_CODES = new Set([4, 5, 6]);

export const parseNdsctl = (output: { code: number | null; text: string }, now: number): OpenndsAnswer => {
  if (output.code !== null && BUSY_CODES.has(output.code)) return { kind: "busy" };
  if (output.text.startsWith("ndsctl thread is busy")) return { kind: "busy" };
  if (output.code !== 0) return { kind: "down" };
  const answer = parseObject(output.text);
  if (answer?.["client_list_length"] === undefined) return { kind: "unrecognised" };
  const stations: Station[] = [];
  const ignored: OpenndsDrop[] = [];
  for (const [address, value] of Object.entries(asObject(answer["clients"]) ?? {})) {
    const read = readClient(address, asObject(value) ?? {}, now);
    if (typeof read === "string") ignored.push(read);
    else stations.push(read);
  }
  return { kind: "stations", stations, ignored };
};

const readClient = (address: string, fields: Record<string, unknown>, now: number): Station | OpenndsDrop => {
  const mac = parseMac(address);
  if (mac === null) return "bad_mac";
  switch (fields["state"]) {
    case "Authenticated":
    case "Preauthenticated": {
      const activeAt = Number(fields["last_active"]) * 1000;
      const inactiveMs = activeAt > 0 && activeAt < now ? now - activeAt : 0;
      return { mac, inactiveMs };
    }
    case "AuthBlocked":
      return "blocked";
    case "Trusted":
      return "trusted";
    default:
      return "unknown_state";
  }
};
