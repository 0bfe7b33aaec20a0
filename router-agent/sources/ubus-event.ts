// Lines of `ubus subscribe` and of `ubus -v list`. An association is not presence yet: `sta-authorized` is.
import type { Station } from "../station.ts";
import { parseMac } from "../station.ts";
import { asObject, parseObject } from "./json.ts";

export type UbusEvent =
  | { kind: "station"; change: "join" | "leave"; station: Station }
  | { kind: "unrecognised"; reason: "other_event" | "bad_mac" | "not_json" };

const CHANGES: Record<string, "join" | "leave"> = {
  "sta-authorized": "join",
  disassoc: "leave",
  deauth: "leave",
};

export const parseUbusEvent = (line: string): UbusEvent => {
  const message = parseObject(line);
  if (message === undefined) return { kind: "unrecognised", reason: "not_json" };
  const [method = "", body] = Object.entries(message)[0] ?? [];
  const change = Object.hasOwn(CHANGES, method) ? CHANGES[method] : undefined;
  if (change === undefined) return { kind: "unrecognised", reason: "other_event" };
  const address = asObject(body)?.["address"];
  const mac = typeof address === "string" ? parseMac(address) : null;
  if (mac === null) return { kind: "unrecognised", reason: "bad_mac" };
  return { kind: "station", change, station: { mac, inactiveMs: 0 } };
};

/** `'hostapd.wlan0' @f9ff7bd1`, followed by the object's methods, to path -> id. */
export const parseUbusList = (text: string): Map<string, string> => {
  const objects = new Map<string, string>();
  for (const [, path = "", id = ""] of text.matchAll(/^'([^']+)' @([0-9a-f]+)$/gm)) objects.set(path, id);
  return objects;
};
