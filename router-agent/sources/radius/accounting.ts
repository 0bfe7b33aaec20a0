// What an accounting request says: about one station's session, or that an access point (NAS) started or stopped.
// Names that hold an access point's MAC become a short hash of it.
import { createHash } from "node:crypto";
import type { Mac } from "../../station.ts";
import { parseMac } from "../../station.ts";
import { scrubMacs } from "../../scrub.ts";
import type { Packet } from "./packet.ts";

interface Report {
  nas: string;
  /** Acct-Session-Id; unique within a NAS. */
  session: string;
  /** How long ago it happened: the NAS may have tried for a while to tell us. */
  delayMs: number;
  eventAtSeconds: number | undefined;
}

export interface SessionReport extends Report {
  kind: "session";
  status: "start" | "interim" | "stop";
  mac: Mac;
  ap: string;
  ssid: string | undefined;
  sessionMs: number | undefined;
  /** Both directions together; undefined when the NAS does not count. */
  octets: number | undefined;
}

export interface NasReport extends Report {
  kind: "nas";
  status: "on" | "off";
}

export type Accounting =
  | SessionReport
  | NasReport
  | { kind: "unusable"; reason: "no_status" | "other_status" | "no_session" | "bad_mac" };

const STATUS = { 1: "start", 2: "stop", 3: "interim", 7: "on", 8: "off" } as const;
const TYPE = {
  nasAddress: 4,
  called: 30,
  calling: 31,
  nasIdentifier: 32,
  status: 40,
  delay: 41,
  inputOctets: 42,
  outputOctets: 43,
  session: 44,
  sessionTime: 46,
  inputGigawords: 52,
  outputGigawords: 53,
  eventTimestamp: 55,
} as const;

const MAX_DELAY_MS = 24 * 3_600_000;
/** An Event-Timestamp further back than this says more about the NAS's clock than about a delay. */
const MAX_CLOCK_DELAY_MS = 600_000;

export const readAccounting = (packet: Packet, address: string, now: number): Accounting => {
  const number = (type: number): number | undefined => {
    const value = packet.attributes.get(type);
    return value?.length === 4 ? value.readUInt32BE(0) : undefined;
  };
  const text = (type: number): string => packet.attributes.get(type)?.toString("utf8") ?? "";

  const code = number(TYPE.status);
  if (code === undefined) return { kind: "unusable", reason: "no_status" };
  const status = code in STATUS ? STATUS[code as keyof typeof STATUS] : undefined;
  if (status === undefined) return { kind: "unusable", reason: "other_status" };

  const nas = nasName(text(TYPE.nasIdentifier), packet.attributes.get(TYPE.nasAddress), address);
  const session = text(TYPE.session);
  const eventAtSeconds = number(TYPE.eventTimestamp);
  const delayMs = delayOf(number(TYPE.delay), eventAtSeconds, now);
  const report = { nas, session, delayMs, eventAtSeconds };
  if (status === "on" || status === "off") return { kind: "nas", status, ...report };
  if (session === "") return { kind: "unusable", reason: "no_session" };

  const mac = parseMac(text(TYPE.calling).trim());
  if (mac === null) return { kind: "unusable", reason: "bad_mac" };
  const sessionSeconds = number(TYPE.sessionTime);
  const input = counter(number(TYPE.inputOctets), number(TYPE.inputGigawords));
  const output = counter(number(TYPE.outputOctets), number(TYPE.outputGigawords));
  const octets = (input ?? 0) + (output ?? 0);
  const { ap, ssid } = readCalled(text(TYPE.called), nas);
  return {
    kind: "session",
    status,
    ...report,
    mac,
    ap,
    ssid,
    sessionMs: sessionSeconds === undefined ? undefined : sessionSeconds * 1000,
    octets: octets === 0 ? undefined : octets,
  };
};

/** The low 32 bits and how often they wrapped; exact up to 2^53 octets. */
const counter = (octets: number | undefined, gigawords: number | undefined): number | undefined =>
  octets === undefined ? undefined : octets + (gigawords ?? 0) * 2 ** 32;

const delayOf = (delaySeconds: number | undefined, eventAt: number | undefined, now: number): number => {
  if (delaySeconds !== undefined) return Math.min(delaySeconds * 1000, MAX_DELAY_MS);
  const byClock = eventAt === undefined ? 0 : now - eventAt * 1000;
  return byClock > 0 && byClock <= MAX_CLOCK_DELAY_MS ? byClock : 0;
};

const shortHash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 6);

const nasName = (identifier: string, nasAddress: Buffer | undefined, peer: string): string => {
  const name = identifier.replaceAll(/[^\P{C}]/gu, "").trim();
  if (name !== "")
    return scrubMacs(name) !== name ? `nas-${shortHash(name.toLowerCase())}` : name.slice(0, 48);
  if (nasAddress?.length === 4) return [...nasAddress].join(".");
  return peer.includes(":") ? `nas-${shortHash(peer)}` : peer;
};

const CALLED =
  /^([0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}|[0-9a-f]{4}(?:[.-][0-9a-f]{4}){2}|[0-9a-f]{12})(?:[:;](.*))?$/is;

/** `AP-MAC:SSID`. A controller is one NAS for many access points, so the AP's MAC makes the name, as a hash. */
const readCalled = (called: string, nas: string): { ap: string; ssid: string | undefined } => {
  const [, address = "", ssid = ""] = CALLED.exec(called.trim()) ?? [];
  const mac = parseMac(address);
  return {
    ap: mac === null ? nas : `${nas}/${shortHash(mac)}`,
    ssid: ssid === "" ? undefined : scrubMacs(ssid),
  };
};
