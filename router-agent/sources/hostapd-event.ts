// One line that hostapd_cli's action program printed, `<interface> [<level>]EVENT words`, to what it means for presence.
import type { Mac } from "../station.ts";
import { parseMac } from "../station.ts";

export type HostapdEvent =
  | { kind: "station"; change: "join" | "leave"; interface: string; mac: Mac }
  | { kind: "terminating" }
  | { kind: "unrecognised"; reason: "other_event" | "bad_mac" };

export const parseHostapdEvent = (line: string): HostapdEvent => {
  const [name = "", event = "", address = ""] = line.trim().split(/\s+/);
  switch (event.replace(/^<\d+>/, "")) {
    case "AP-STA-CONNECTED":
      return station("join", name, address);
    case "AP-STA-DISCONNECTED":
      return station("leave", name, address);
    case "CTRL-EVENT-TERMINATING":
      return { kind: "terminating" };
    default:
      return { kind: "unrecognised", reason: "other_event" };
  }
};

const station = (change: "join" | "leave", name: string, address: string): HostapdEvent => {
  const mac = parseMac(address);
  return mac === null
    ? { kind: "unrecognised", reason: "bad_mac" }
    : { kind: "station", change, interface: name, mac };
};
