// What a presence source tells the roster: typed station events with the MAC normalised, and nothing else.
// MACs live in memory only; `pseudonym.ts` turns them into device tokens before disk, log or network.

declare const brand: unique symbol;
/** Twelve lower-case hex digits. */
export type Mac = string & { readonly [brand]: "Mac" };

const SPELLING = /^[0-9a-f]{12}$/;

/** Accepts `aa:bb:..`, `aa-bb-..`, `aabb.ccdd.eeff`, `aabb-ccdd-eeff` and bare hex; null for anything else, for group addresses and for all zeros. */
export const parseMac = (text: string): Mac | null => {
  if (text.length > 17) return null;
  const hex = text.replaceAll(/[:.-]/g, "").toLowerCase();
  if (!SPELLING.test(hex) || hex === "000000000000") return null;
  const group = (Number.parseInt(hex.slice(0, 2), 16) & 1) === 1;
  return group ? null : (hex as Mac);
};

/** The locally administered bit: the address was made up by the phone. */
export const isRandomised = (mac: Mac): boolean => (Number.parseInt(mac.slice(0, 2), 16) & 2) === 2;

export interface Station {
  mac: Mac;
  /** Time since the station's last activity at the moment of the event; 0 when unknown. */
  inactiveMs: number;
  rssiDbm?: number;
  ssid?: string;
}

/**
 * `join` and `leave` are what the access point said; `seen` confirms a station; `list` is the complete list of
 * stations of one access point, so that a station not in it is no longer confirmed; `reset` says that the access
 * point restarted and its sessions are over. `ap` names the access point (interface, BSSID or NAS). `atMs` is
 * wall time and only set by sources that carry their own times (replay).
 */
export type StationEvent =
  | { kind: "join" | "leave" | "seen"; station: Station; ap: string; atMs?: number }
  | { kind: "list"; stations: Station[]; ap: string; atMs?: number }
  | { kind: "reset"; ap: string; atMs?: number };

export interface SourceContext {
  emit(event: StationEvent): void;
  /** The source works; `detail` is one short sentence without any MAC. */
  ok(detail?: string): void;
  /** The source is degraded but goes on by itself. */
  notOk(detail: string): void;
  /** Something was received and ignored, for a reason from the source's own closed list; counted for `status`. */
  ignored(reason: string): void;
  log(
    level: "debug" | "info" | "warn",
    sentence: string,
    fields?: Record<string, string | number | boolean>,
  ): void;
  /** Milliseconds of a clock that never steps. */
  monotonicMs(): number;
  signal: AbortSignal;
}

/** Runs until `signal` aborts (then resolves) or until it dies (then rejects); the supervisor restarts it with backoff. */
export interface StationSource {
  name: "hostapd" | "ubus" | "iw" | "radius" | "opennds" | "neighbour" | "replay";
  run(context: SourceContext): Promise<void>;
}
