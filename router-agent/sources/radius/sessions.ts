// Turns accounting reports into station events: each report once however often it is retransmitted, the stop of an
// older session never ends a newer one, and counters that stand still tell when a station was last active.
import type { Mac, Station, StationEvent } from "../../station.ts";
import type { NasReport, SessionReport } from "./accounting.ts";
import { Repeats } from "./repeats.ts";

export interface Outcome {
  events: StationEvent[];
  ignored?: "duplicate" | "previous_session";
}

interface Session {
  nas: string;
  session: string;
  startedAtMs: number;
  octets: number | undefined;
  activeAtMs: number;
}

const MAX_SESSIONS = 20_000;
/** A station that has been on longer than this before we first heard of it is a fixture or a wrong counter. */
const MAX_BACKDATE_MS = 12 * 3_600_000;

export class Sessions {
  readonly #sessions = new Map<Mac, Session>();
  readonly #aps = new Map<string, Set<string>>();
  readonly #repeats = new Repeats();

  /** Sessions that are remembered. */
  get size(): number {
    return this.#sessions.size;
  }

  take(report: SessionReport | NasReport, nowMs: number): Outcome {
    if (this.#repeats.isRepeat(report, nowMs)) return { events: [], ignored: "duplicate" };
    if (report.kind === "session") return this.#takeSession(report, nowMs);
    return { events: this.#closeNas(report.nas) };
  }

  #takeSession(report: SessionReport, nowMs: number): Outcome {
    const { mac, ap, nas, session } = report;
    const happenedAtMs = nowMs - report.delayMs;
    const sessionMs = report.sessionMs ?? 0;
    const current = this.#sessions.get(mac);
    // hostapd gives a station that comes back the session id it had: a start begins a session whatever its id.
    const same = current?.nas === nas && current.session === session && report.status !== "start";
    const known = same ? current : undefined;
    // One second of grace: session times are whole seconds.
    if (
      current !== undefined &&
      known === undefined &&
      current.startedAtMs > happenedAtMs - sessionMs + 1_000
    )
      return { events: [], ignored: "previous_session" };
    this.#rememberAp(nas, ap);

    const moved = known?.octets === undefined || report.octets !== known.octets;
    const activeAtMs = known === undefined || moved ? happenedAtMs : known.activeAtMs;
    const station = (atMs: number): Station => ({
      mac,
      inactiveMs: Math.max(0, nowMs - atMs),
      ...(report.ssid !== undefined && { ssid: report.ssid }),
    });
    const events: StationEvent[] = [];
    // A session whose start was lost still tells since when the station has been here.
    const sinceMs = happenedAtMs - (sessionMs > MAX_BACKDATE_MS ? 0 : sessionMs);
    if (known === undefined) events.push({ kind: "join", station: station(sinceMs), ap });
    if (report.status === "stop") {
      this.#sessions.delete(mac);
      events.push({ kind: "leave", station: station(activeAtMs), ap });
      return { events };
    }
    if (report.status === "interim") events.push({ kind: "seen", station: station(activeAtMs), ap });
    this.#sessions.delete(mac);
    this.#sessions.set(mac, { nas, session, startedAtMs: sinceMs, octets: report.octets, activeAtMs });
    trim(this.#sessions, MAX_SESSIONS);
    return { events };
  }

  #closeNas(nas: string): StationEvent[] {
    for (const [mac, session] of this.#sessions) if (session.nas === nas) this.#sessions.delete(mac);
    const aps = new Set([...(this.#aps.get(nas) ?? []), nas]);
    return [...aps].map((ap) => ({ kind: "reset", ap }));
  }

  #rememberAp(nas: string, ap: string): void {
    const aps = this.#aps.get(nas) ?? new Set();
    aps.add(ap);
    this.#aps.set(nas, aps);
    trim(this.#aps, 1_000);
    if (aps.size > 1_000) aps.delete(ap);
  }
}

/** Forgets the oldest tenth at once: taking them one by one off the head of a Map is slow. */
const trim = (map: Map<unknown, unknown>, max: number): void => {
  if (map.size <= max) return;
  for (const key of map.keys()) {
    if (map.size <= max * 0.9) return;
    map.delete(key);
  }
};
