// What `hostapd_cli all_sta` and `hostapd_cli status` print, as stations and as the network's name.
import type { Station } from "../station.ts";
import { parseMac } from "../station.ts";
import { scrubMacs } from "../scrub.ts";

export type HostapdList =
  | { kind: "stations"; stations: Station[]; ignored: ("not_authorized" | "unrecognised_line")[] }
  /** wpad-basic on OpenWrt is built without the station list. */
  | { kind: "unsupported" }
  | { kind: "failed" };

const FAILED = /^(?:FAIL|Failed to connect|Could not connect|'.*' command failed)/m;

/** A block a station: its address on a line of its own, then `key=value` lines. */
export const parseAllSta = (text: string): HostapdList => {
  if (/^UNKNOWN COMMAND/m.test(text)) return { kind: "unsupported" };
  const blocks: Map<string, string>[] = [];
  const ignored: ("not_authorized" | "unrecognised_line")[] = [];
  let failed = FAILED.test(text);
  for (const line of text.split("\n")) {
    const equals = line.indexOf("=");
    if (equals > 0) blocks.at(-1)?.set(line.slice(0, equals), line.slice(equals + 1).trim());
    else if (parseMac(line.trim()) !== null) blocks.push(new Map([["address", line.trim()]]));
    else if (line.trim() !== "" && !line.startsWith("Selected interface")) ignored.push("unrecognised_line");
  }
  if (blocks.length > 0) failed = false;
  if (failed) return { kind: "failed" };
  const stations: Station[] = [];
  for (const block of blocks) {
    // A phone that types a wrong password is associated for a moment, but never authorized.
    if (block.get("flags")?.includes("[AUTHORIZED]") === false) ignored.push("not_authorized");
    else stations.push(...stationOf(block));
  }
  return { kind: "stations", stations, ignored };
};

const stationOf = (block: Map<string, string>): Station[] => {
  const mac = parseMac(block.get("address") ?? "");
  if (mac === null) return [];
  const inactiveMs = Number(block.get("inactive_msec") ?? 0);
  const rssiDbm = Number(block.get("signal") ?? Number.NaN);
  return [
    {
      mac,
      inactiveMs: Number.isFinite(inactiveMs) && inactiveMs > 0 ? inactiveMs : 0,
      ...(rssiDbm < 0 && { rssiDbm }),
    },
  ];
};

/** The name of the network that `name` serves; hostapd writes bytes that are not printable as `\xHH`. */
export const parseSsid = (status: string, name: string): string | undefined => {
  const fields = new Map(status.split("\n").map((line) => cut(line)));
  for (const [key, value] of fields) {
    const index = /^bss\[(\d+)\]$/.exec(key)?.[1];
    if (index === undefined || value !== name) continue;
    const ssid = fields.get(`ssid[${index}]`);
    return ssid === undefined || ssid === "" ? undefined : scrubMacs(unescapeSsid(ssid));
  }
  return undefined;
};

const cut = (line: string): [string, string] => {
  const equals = line.indexOf("=");
  return equals < 0 ? [line, ""] : [line.slice(0, equals), line.slice(equals + 1)];
};

const ESCAPES: Record<string, number> = { n: 10, r: 13, t: 9, e: 27, "\\": 92, '"': 34 };

/** hostapd's printf_encode: `\xHH`, `\\`, `\"`, `\e`, `\n`, `\r`, `\t`; the bytes are UTF-8 as a rule. */
export const unescapeSsid = (text: string): string => {
  const bytes: number[] = [];
  for (const part of text.matchAll(/\\x([0-9a-fA-F]{2})|\\(.)|([^\\]+)/gs)) {
    const [whole, hex, letter] = part;
    if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else if (letter !== undefined) bytes.push(ESCAPES[letter] ?? letter.charCodeAt(0));
    else bytes.push(...Buffer.from(whole, "utf8"));
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
};
