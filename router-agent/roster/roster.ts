// Merges what several sources say about stations at several access points of one branch into stays, and yields
// them as observations. Knows no clock: every call carries the time. Keeps MACs in memory and nowhere else.

import type { Mac, Station, StationEvent } from "../station.ts";
import type { RosterPolicy, SourceKind } from "./policy.ts";
import { isWeak } from "./policy.ts";
import type { RosterObservation, Session } from "./session.ts";
import { describe, dueAt, hasNews, openSession, report, silentAt } from "./session.ts";

export type { RosterObservation } from "./session.ts";

export class Roster {
  readonly #policy: RosterPolicy;
  readonly #sessions = new Map<Mac, Session>();
  /** Stations that an access point has just seen leave: at what time, and when that is forgotten. */
  readonly #gone = new Map<Mac, { leftAt: number; forgetAt: number }>();
  /** `kind ap` of the access points that send complete lists. */
  readonly #listing = new Set<string>();
  #out: RosterObservation[] = [];
  #nextDueAt = Number.POSITIVE_INFINITY;
  #nextExtendAt = Number.NEGATIVE_INFINITY;
  #overflow = 0;

  constructor(policy: RosterPolicy) {
    this.#policy = { ...policy };
  }

  get stations(): number {
    return this.#sessions.size;
  }

  macs(): IterableIterator<Mac> {
    return this.#sessions.keys();
  }

  /** Events not used because there were too many stations at once. */
  get overflow(): number {
    return this.#overflow;
  }

  /** Takes one event that happened at `at`, after doing what was due until then. */
  apply(kind: SourceKind, event: StationEvent, at: number): RosterObservation[] {
    this.#advance(at);
    switch (event.kind) {
      case "join":
      case "seen":
        this.#confirm(kind, event.station, event.ap, at, event.kind);
        break;
      case "leave":
        this.#leave(kind, event.station, event.ap, at);
        break;
      case "list":
        this.#list(kind, event.stations, event.ap, at);
        break;
      case "reset":
        this.#reset(kind, event.ap, at);
        break;
    }
    return this.#take();
  }

  /** Does what is due at `now`: ends stays that are over and extends those that go on. */
  advance(now: number): RosterObservation[] {
    this.#advance(now);
    return this.#take();
  }

  /** Reports everything known and forgets it: a leave that waits for its debounce is one, any other stay goes on. */
  endAll(): RosterObservation[] {
    for (const session of this.#sessions.values()) this.#finish(session, session.ending?.left ?? false);
    return this.#take();
  }

  /** Reports at once what is new of the stays that go on. */
  extend(now: number): RosterObservation[] {
    this.#nextExtendAt = Number.NEGATIVE_INFINITY;
    return this.advance(now);
  }

  #take(): RosterObservation[] {
    const out = this.#out;
    this.#out = [];
    return out;
  }

  #confirm(kind: SourceKind, station: Station, ap: string, at: number, how: "join" | "seen"): void {
    const activity = at - Math.max(0, station.inactiveMs);
    const { mac } = station;
    if (how === "seen" && this.#isEcho(kind, mac, activity, at)) return;
    let session = this.#sessions.get(mac);
    const before = session?.holders.get(kind);
    if (
      session &&
      how === "join" &&
      before?.ap === ap &&
      activity - session.activity > this.#policy.silenceMs[kind]
    ) {
      // It joins where it already was and was silent for long: its leave was lost.
      this.#finish(session, false);
      session = undefined;
    }
    const held = session?.holders.get(kind);
    // Until it times out, the previous access point's list still holds a station that has roamed.
    if (how === "seen" && held && held.ap !== ap && activity <= Math.max(held.since, held.activity)) return;
    if (!session) {
      if (this.#sessions.size >= this.#policy.maxStations) {
        this.#overflow += 1;
        return;
      }
      session = openSession(mac, kind, activity);
      this.#sessions.set(mac, session);
    }
    const stays = held?.ap === ap ? held : undefined;
    const holder = {
      ap,
      since: stays?.since ?? activity,
      activity: Math.max(activity, stays?.activity ?? activity),
      confirmedAt: Math.max(at, stays?.confirmedAt ?? at),
      joined: how === "join" || (stays?.joined ?? false),
      periodic: this.#listing.has(`${kind} ${ap}`) || (kind === "radius" && how === "seen"),
    };
    session.holders.set(kind, holder);
    session.ending = null;
    session.activity = Math.max(session.activity, activity);
    this.#gone.delete(mac);
    describe(session, kind, station, ap);
    this.#dueBy(silentAt(kind, holder, this.#policy));
    if (!session.reported && this.#policy.reportAtJoin) this.#out.push(report(session, false));
  }

  /** A late word about a station that has just left: from before its leave, or from a table that forgets slowly. */
  #isEcho(kind: SourceKind, mac: Mac, activity: number, at: number): boolean {
    const gone = this.#gone.get(mac);
    // When entries are cleared away depends on how often something is due; what they mean must not.
    if (!gone || gone.forgetAt < at) return false;
    return activity <= gone.leftAt + (isWeak(kind) ? this.#policy.weakQuietMs : 0);
  }

  #leave(kind: SourceKind, station: Station, ap: string, at: number): void {
    const session = this.#sessions.get(station.mac);
    const holder = session?.holders.get(kind);
    // A leave from another access point than the current one is the late end of an association before roaming.
    if (!session || holder?.ap !== ap) return;
    session.holders.delete(kind);
    session.activity = Math.max(session.activity, at - Math.max(0, station.inactiveMs));
    if (!isWeak(kind)) {
      if ([...session.holders.keys()].some((other) => !isWeak(other))) return;
      session.holders.clear();
      // From when the leave was heard: its own time may be long past, and the debounce must end before this.
      const forgetAt = at + Math.max(this.#policy.weakQuietMs, this.#policy.debounceMs);
      this.#gone.set(station.mac, { leftAt: session.activity, forgetAt });
    }
    if (session.holders.size === 0) this.#endSoon(session, true, at);
  }

  #list(kind: SourceKind, stations: readonly Station[], ap: string, at: number): void {
    const key = `${kind} ${ap}`;
    if (!this.#listing.has(key)) {
      this.#listing.add(key);
      for (const { holders } of this.#sessions.values()) {
        const holder = holders.get(kind);
        if (holder?.ap !== ap) continue;
        holder.periodic = true;
        this.#dueBy(silentAt(kind, holder, this.#policy));
      }
    }
    for (const station of stations) this.#confirm(kind, station, ap, at, "seen");
  }

  #reset(kind: SourceKind, ap: string, at: number): void {
    for (const session of this.#sessions.values()) {
      if (session.holders.get(kind)?.ap !== ap) continue;
      session.holders.delete(kind);
      if (session.holders.size === 0) this.#endSoon(session, false, at);
    }
  }

  #endSoon(session: Session, left: boolean, at: number): void {
    session.ending = { left, dueAt: at + this.#policy.debounceMs };
    this.#dueBy(session.ending.dueAt);
  }

  #finish(session: Session, left: boolean): void {
    if (left || hasNews(session)) this.#out.push(report(session, left));
    this.#sessions.delete(session.mac);
  }

  #dueBy(at: number): void {
    this.#nextDueAt = Math.min(this.#nextDueAt, at);
  }

  #advance(now: number): void {
    const extend = now >= this.#nextExtendAt;
    if (!extend && now < this.#nextDueAt) return;
    const policy = this.#policy;
    let next = Number.POSITIVE_INFINITY;
    for (const session of this.#sessions.values()) {
      for (const [kind, holder] of session.holders) {
        if (silentAt(kind, holder, policy) <= now) session.holders.delete(kind);
      }
      const over = session.ending ? session.ending.dueAt <= now : session.holders.size === 0;
      if (over) this.#finish(session, session.ending?.left ?? false);
      else {
        if (extend && !session.ending && session.activity > session.from)
          this.#out.push(report(session, false));
        next = Math.min(next, dueAt(session, policy));
      }
    }
    for (const [mac, { forgetAt }] of this.#gone) if (forgetAt < now) this.#gone.delete(mac);
    this.#nextDueAt = next;
    if (extend) this.#nextExtendAt = now + policy.extendMs;
  }
}
