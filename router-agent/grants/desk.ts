// Takes grants from wherever they come and as often as they come, has each carried out at most once, and keeps its
// result until a presence report that holds it was acknowledged. Results are remembered until the grant has expired.

import type { Grant, PresenceBatch } from "../../schema/wire/agents.ts";
import type { Log } from "../log.ts";
import { scrubMacs } from "../scrub.ts";
import type { GrantFailure, Verdict } from "./carry-out.ts";
import { readGrant } from "./read-grant.ts";

export type GrantResult = PresenceBatch["grantResults"][number];

export interface DeskPorts {
  /** Ends within its own time, whatever happens. */
  carryOut: (grant: Grant, signal: AbortSignal) => Promise<Verdict>;
  /** The corrected clock: grants expire by the server's time. */
  now: () => number;
  log: Log;
  /** Told once of every result. */
  onResult: (result: GrantResult) => void;
  signal: AbortSignal;
}

export interface DeskStatus {
  done: number;
  failed: Record<string, number>;
  running: number;
  /** What came and was not used. */
  ignored: Record<string, number>;
}

interface Known {
  result: GrantResult | null;
  isDelivered: boolean;
  forgetAt: number;
}

/** More wait for a later report; the server repeats what it has no result for. */
const MAX_RESULTS = 50;
/** Some 200 bytes each. */
const MAX_KNOWN = 5_000;
const MAX_AT_ONCE = 16;
/** A repeat may be on its way while a grant expires; and nothing is remembered for ever. */
const AFTER_EXPIRY_MS = 120_000;
const LONGEST_MS = 24 * 3_600_000;
const DETAIL_CHARS = 160;

export class GrantDesk {
  readonly #ports: DeskPorts;
  readonly #known = new Map<string, Known>();
  readonly #waiting: Grant[] = [];
  #running = 0;
  #done = 0;
  readonly #failed: Record<string, number> = {};
  readonly #ignored: Record<string, number> = {};

  constructor(ports: DeskPorts) {
    this.#ports = ports;
  }

  get status(): DeskStatus {
    const running = this.#running + this.#waiting.length;
    return { done: this.#done, failed: { ...this.#failed }, running, ignored: { ...this.#ignored } };
  }

  /** Unchecked, as the wire brought them. */
  receive(grants: readonly unknown[]): void {
    this.#forget();
    for (const wire of grants) {
      const read = readGrant(wire);
      if (read.kind === "unreadable") {
        this.#ignore("unreadable");
        continue;
      }
      const id = read.kind === "invalid" ? read.id : read.grant.id;
      const known = this.#known.get(id);
      if (known) {
        this.#ignore("repeated");
        // The server has lost the result, or never had it.
        known.isDelivered = false;
        continue;
      }
      if (this.#known.size >= MAX_KNOWN) {
        this.#ignore("too_many");
        continue;
      }
      this.#accept(read.kind === "invalid" ? null : read.grant, id);
    }
    this.#startNext();
  }

  results(): GrantResult[] {
    const results: GrantResult[] = [];
    for (const { result, isDelivered } of this.#known.values()) {
      if (result && !isDelivered) results.push(result);
      if (results.length === MAX_RESULTS) break;
    }
    return results;
  }

  delivered(results: readonly { id: string }[]): void {
    for (const { id } of results) {
      const known = this.#known.get(id);
      if (known?.result) known.isDelivered = true;
    }
  }

  #accept(grant: Grant | null, id: string): void {
    const now = this.#ports.now();
    const lastsMs = Math.min(Math.max(0, (grant?.expiresAt ?? now) - now), LONGEST_MS);
    this.#known.set(id, { result: null, isDelivered: false, forgetAt: now + lastsMs + AFTER_EXPIRY_MS });
    if (grant === null) this.#settle(id, { ok: false, reason: "invalid", detail: "" });
    else this.#waiting.push(grant);
  }

  #startNext(): void {
    while (this.#running < MAX_AT_ONCE && !this.#ports.signal.aborted) {
      const grant = this.#waiting.shift();
      if (grant === undefined) return;
      if (grant.expiresAt <= this.#ports.now()) {
        this.#settle(grant.id, { ok: false, reason: "expired", detail: "" });
        continue;
      }
      this.#running += 1;
      void this.#run(grant);
    }
  }

  async #run(grant: Grant): Promise<void> {
    const { carryOut, signal } = this.#ports;
    const verdict = await carryOut(grant, signal);
    this.#running -= 1;
    // Cut short by the end of the agent: no result is the truth, and the server repeats the grant.
    if (!signal.aborted || verdict.ok) this.#settle(grant.id, verdict);
    this.#startNext();
  }

  #settle(id: string, verdict: Verdict): void {
    const known = this.#known.get(id);
    if (!known) return;
    known.result = {
      id,
      ok: verdict.ok,
      ...(!verdict.ok && { detail: words(verdict.reason, verdict.detail) }),
    };
    if (verdict.ok) this.#done += 1;
    else this.#failed[verdict.reason] = (this.#failed[verdict.reason] ?? 0) + 1;
    this.#ports.log(verdict.ok ? "debug" : "warn", `A grant was ${verdict.ok ? "" : "not "}carried out.`, {
      grant: id,
      ...(!verdict.ok && { reason: verdict.reason, detail: verdict.detail }),
    });
    this.#ports.onResult(known.result);
  }

  #ignore(reason: string): void {
    this.#ignored[reason] = (this.#ignored[reason] ?? 0) + 1;
  }

  #forget(): void {
    const now = this.#ports.now();
    for (const [id, { result, isDelivered, forgetAt }] of this.#known) {
      if (result && isDelivered && forgetAt <= now) this.#known.delete(id);
    }
  }
}

/** The reason first, so that a program can read it too. */
const words = (reason: GrantFailure, detail: string): string =>
  scrubMacs(detail === "" ? reason : `${reason}: ${detail}`).slice(0, DETAIL_CHARS);
