// The roster's rules as data: how long each kind of source may stay silent about a station, and which kinds speak
// with the authority of an access point.

import type { StationSource } from "../station.ts";

export type SourceKind = StationSource["name"];

export interface RosterPolicy {
  /** A station that comes back within this after its leave never left. */
  debounceMs: number;
  /** A station that a source stops confirming ends, after this, at its last activity. */
  silenceMs: Record<SourceKind, number>;
  /** A station that joined on an access point which confirms nobody ends after this if nothing is heard. */
  unconfirmedMs: number;
  /** A weak source may not bring back a station within this after an access point saw it leave. */
  weakQuietMs: number;
  /** What was seen of a station that stays is reported at least this often, also while nothing can be sent. */
  extendMs: number;
  /** Report a station in the moment it comes and not first at the next extension. */
  reportAtJoin: boolean;
  /** More stations than this at one time is an attack or a fault; further ones are ignored and counted. */
  maxStations: number;
}

const MINUTE = 60_000;

export const DEFAULT_POLICY: RosterPolicy = {
  debounceMs: 10_000,
  silenceMs: {
    hostapd: 5 * MINUTE,
    ubus: 5 * MINUTE,
    iw: 5 * MINUTE,
    // Access points send an Interim-Update every 5 to 15 min, and one may be lost.
    radius: 31 * MINUTE,
    opennds: 5 * MINUTE,
    neighbour: 5 * MINUTE,
    replay: 5 * MINUTE,
  },
  unconfirmedMs: 12 * 60 * MINUTE,
  weakQuietMs: MINUTE,
  extendMs: 5 * MINUTE,
  reportAtJoin: true,
  maxStations: 20_000,
};

/**
 * A replay lives through weeks in seconds, and nobody watches the occupancy meanwhile. A stay is then reported when
 * it is over, and on the way only so often that the server does not take it for settled.
 */
export const REPLAY_POLICY: RosterPolicy = { ...DEFAULT_POLICY, extendMs: 10 * MINUTE, reportAtJoin: false };

/** Sources that see traffic and not association: the entries stay for a while after the station has gone. */
export const isWeak = (kind: SourceKind): boolean => kind === "neighbour" || kind === "opennds";
