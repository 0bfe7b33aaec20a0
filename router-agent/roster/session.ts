// One station's stay: who holds it (a source kind and the access point it named), what was last seen of it, and
// which part of it has been reported. Reported parts touch each other, so their union is the stay.

import type { Mac, Station } from "../station.ts";
import { isRandomised } from "../station.ts";
import type { RosterPolicy, SourceKind } from "./policy.ts";
import { isWeak } from "./policy.ts";

/** Times are in the clock that the caller gave the events: monotonic, or wall time in a replay. */
export interface RosterObservation {
  mac: Mac;
  from: number;
  to: number;
  left: boolean;
  randomised: boolean;
  source: SourceKind;
  ap?: string;
  ssid?: string;
  rssi?: number;
}

export interface Holder {
  ap: string;
  /** Since when the station is on this access point. */
  since: number;
  activity: number;
  confirmedAt: number;
  /** The access point said that it joined, so that it would also say that it left. */
  joined: boolean;
  /** Confirmations come at intervals, so that their absence means something. */
  periodic: boolean;
}

export interface Session {
  mac: Mac;
  holders: Map<SourceKind, Holder>;
  /** Start of what is not reported yet: the start of the stay, then the end of the last report. */
  from: number;
  reported: boolean;
  activity: number;
  /** All holders are gone; the stay is over unless one comes back before `dueAt`. */
  ending: { left: boolean; dueAt: number } | null;
  source: SourceKind;
  ap?: string;
  ssid?: string;
  rssi?: number;
}

export const openSession = (mac: Mac, kind: SourceKind, activity: number): Session => ({
  mac,
  holders: new Map(),
  from: activity,
  reported: false,
  activity,
  ending: null,
  source: kind,
});

/** What the newest word about a station says of where it is; a weak source does not overrule an access point. */
export const describe = (session: Session, kind: SourceKind, station: Station, ap: string): void => {
  const strongHolds = [...session.holders.keys()].some((held) => !isWeak(held));
  if (isWeak(kind) && strongHolds) return;
  session.source = kind;
  session.ap = ap;
  if (station.ssid !== undefined) session.ssid = station.ssid;
  if (station.rssiDbm !== undefined) session.rssi = station.rssiDbm;
};

export const hasNews = (session: Session): boolean => !session.reported || session.activity > session.from;

/** Reports the stay up to its last activity, and remembers that. */
export const report = (session: Session, left: boolean): RosterObservation => {
  const observation: RosterObservation = {
    mac: session.mac,
    from: session.from,
    to: session.activity,
    left,
    randomised: isRandomised(session.mac),
    source: session.source,
    ...(session.ap !== undefined && session.ap !== "" && { ap: session.ap }),
    ...(session.ssid !== undefined && session.ssid !== "" && { ssid: session.ssid }),
    ...(session.rssi !== undefined && { rssi: session.rssi }),
  };
  session.from = session.activity;
  session.reported = true;
  return observation;
};

/** When this holder is given up if nothing more is heard. */
export const silentAt = (kind: SourceKind, holder: Holder, policy: RosterPolicy): number =>
  holder.confirmedAt + (holder.joined && !holder.periodic ? policy.unconfirmedMs : policy.silenceMs[kind]);

/** When something must be done about the session even if nothing is heard. */
export const dueAt = (session: Session, policy: RosterPolicy): number => {
  if (session.ending) return session.ending.dueAt;
  let due = Number.POSITIVE_INFINITY;
  for (const [kind, holder] of session.holders) due = Math.min(due, silentAt(kind, holder, policy));
  return due;
};
