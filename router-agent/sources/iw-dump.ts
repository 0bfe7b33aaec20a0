// What `iw dev X station dump` prints: a `Station` line each, then tab-indented `name: value` lines with units.
import type { Station } from "../station.ts";
import { parseMac } from "../station.ts";

export interface IwDump {
  stations: Station[];
  ignored: ("not_authorized" | "bad_mac")[];
}

export const parseStationDump = (text: string): IwDump => {
  const dump: IwDump = { stations: [], ignored: [] };
  // The first piece is what precedes the first station.
  for (const block of text.split(/^Station /m).slice(1)) {
    const mac = parseMac(/^\S+/.exec(block)?.[0] ?? "");
    const field = (name: string): string | undefined =>
      new RegExp(String.raw`^\s+${name}:\s*(.*)$`, "m").exec(block)?.[1];
    if (mac === null) dump.ignored.push("bad_mac");
    else if (field("authorized") === "no") dump.ignored.push("not_authorized");
    else {
      const rssiDbm = Number.parseInt(field("signal") ?? "", 10);
      const inactiveMs = Number.parseInt(field("inactive time") ?? "", 10);
      dump.stations.push({
        mac,
        inactiveMs: inactiveMs > 0 ? inactiveMs : 0,
        ...(rssiDbm < 0 && { rssiDbm }),
      });
    }
  }
  return dump;
};
