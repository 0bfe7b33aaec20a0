// One line of `iw event -t`: `1621350000.123456: wlan0: new station 04:ab:00:12:34:56`. A station is announced when
// it associates, so `join` here is a little weaker than hostapd's; the dump's `authorized` corrects it.
import type { Mac } from "../station.ts";
import { parseMac } from "../station.ts";

export type IwEvent =
  | { kind: "station"; change: "join" | "leave"; interface: string; mac: Mac }
  | { kind: "unrecognised"; reason: "other_event" | "bad_mac" };

const EVENT = /^(?:\d+(?:\.\d+)?: )?(\S+?)(?: \(phy #\d+\))?: (new|del) station (\S+)/;

export const parseIwEvent = (line: string): IwEvent => {
  const [, name = "", verb, address = ""] = EVENT.exec(line) ?? [];
  if (verb === undefined) return { kind: "unrecognised", reason: "other_event" };
  const mac = parseMac(address);
  if (mac === null) return { kind: "unrecognised", reason: "bad_mac" };
  return { kind: "station", change: verb === "new" ? "join" : "leave", interface: name, mac };
};
