// The answer of `ubus call hostapd.X get_clients`: who is authorized, and how strong the signal is.
import type { Station } from "../station.ts";
import { parseMac } from "../station.ts";
import { asObject, parseObject } from "./json.ts";

export type UbusClients =
  | { kind: "stations"; stations: Station[]; ignored: ("not_authorized" | "bad_mac")[] }
  | { kind: "unrecognised" };

export const parseGetClients = (text: string): UbusClients => {
  const clients = asObject(parseObject(text)?.["clients"]);
  if (clients === undefined) return { kind: "unrecognised" };
  const stations: Station[] = [];
  const ignored: ("not_authorized" | "bad_mac")[] = [];
  for (const [address, value] of Object.entries(clients)) {
    const fields = asObject(value) ?? {};
    const mac = parseMac(address);
    const signal = fields["signal"];
    if (mac === null) ignored.push("bad_mac");
    else if (fields["authorized"] !== true) ignored.push("not_authorized");
    else
      stations.push({
        mac,
        inactiveMs: 0,
        ...(typeof signal === "number" && signal < 0 && { rssiDbm: signal }),
      });
  }
  return { kind: "stations", stations, ignored };
};
