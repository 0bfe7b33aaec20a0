// Tells a retransmitted report from a new one. A retransmit has a new identifier, delay and authenticator, but the same
// NAS, session, status and session time; since access points use session ids again, it must also have happened at the
// same time.
import type { NasReport, SessionReport } from "./accounting.ts";

interface Seen {
  happenedAtMs: number;
  eventAtSeconds: number | undefined;
}

/** Retransmits come within minutes; two generations of this length remember a report for one to two of them. */
const GENERATION_MS = 300_000;
const GENERATION_ENTRIES = 20_000;
/** Acct-Delay-Time is in whole seconds. */
const SAME_MOMENT_MS = 2_000;
/** For access points that send neither a delay nor a timestamp: how long they go on trying. */
const UNSTAMPED_MS = 30_000;

export class Repeats {
  #young = new Map<string, Seen>();
  #old = new Map<string, Seen>();
  #rotatedAtMs = 0;

  /** Also remembers the report. */
  isRepeat(report: SessionReport | NasReport, nowMs: number): boolean {
    if (nowMs - this.#rotatedAtMs >= GENERATION_MS || this.#young.size >= GENERATION_ENTRIES) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#rotatedAtMs = nowMs;
    }
    const sessionMs = report.kind === "session" ? report.sessionMs : undefined;
    const key = [report.nas, report.session, report.status, sessionMs ?? ""].join("\n");
    const now = { happenedAtMs: nowMs - report.delayMs, eventAtSeconds: report.eventAtSeconds };
    const before = this.#young.get(key) ?? this.#old.get(key);
    if (before !== undefined && isSame(before, now)) return true;
    this.#young.set(key, now);
    return false;
  }
}

const isSame = (before: Seen, now: Seen): boolean => {
  const apartMs = Math.abs(now.happenedAtMs - before.happenedAtMs);
  if (before.eventAtSeconds === undefined || now.eventAtSeconds === undefined) return apartMs < UNSTAMPED_MS;
  return before.eventAtSeconds === now.eventAtSeconds || apartMs <= SAME_MOMENT_MS;
};
