// Sends what the spool holds, one request at a time, and an empty batch as a heartbeat. Deletes only what the
// server acknowledged or refused for good. Every other answer, or none, leaves the spool as it is.

import { gzipSync } from "node:zlib";
import type { Health } from "../../schema/wire/agents.ts";
import type { Clock } from "../clock/clock.ts";
import { learnDate } from "../clock/learn-date.ts";
import type { GrantDesk } from "../grants/desk.ts";
import type { Log } from "../log.ts";
import type { Batch } from "../spool/batch.ts";
import type { Limits } from "../spool/plan.ts";
import type { Spool } from "../spool/spool.ts";
import { Bell } from "./bell.ts";
import type { Http, HttpReply } from "./http.ts";
import type { Outcome } from "./outcome.ts";
import { outcomeOf } from "./outcome.ts";
import type { Pace } from "./pace.ts";
import { nextWaitMs } from "./pace.ts";
import type { ShipStatus } from "./ship-status.ts";
import { noteOutcome } from "./ship-status.ts";
import type { SignToken } from "./token.ts";

export interface ShipperPorts {
  spool: Spool;
  clock: Clock;
  grants: Pick<GrantDesk, "receive" | "results" | "delivered">;
  http: Http;
  sign: SignToken;
  log: Log;
  url: URL;
  run: string;
  version: string;
  wallMs: () => number;
  monoMs: () => number;
  random: () => number;
  health: () => Health;
  /** Called before a batch is cut in its turn: what is known but not yet spooled goes into the spool. */
  collect: () => void;
  /** The replay's time, when its observations carry their own; `header` if the server lives in it too. */
  replay: { now: () => number; header: boolean } | null;
}

export class Shipper {
  readonly #ports: ShipperPorts;
  readonly #bell = new Bell();
  readonly #limits: Limits;
  #pace: Pace;
  #failures = 0;
  #replayNow = 0;
  #draining = false;
  #nextAtMono: number;
  readonly status: ShipStatus;

  constructor(ports: ShipperPorts, pace: Pace, limits: Limits, startDelayMs: number) {
    this.#ports = ports;
    this.#pace = pace;
    this.#limits = { ...limits };
    this.#nextAtMono = ports.monoMs() + startDelayMs;
    this.status = { state: "starting", detail: "", acknowledged: 0, serverDropped: {}, lastDoneMonoMs: null };
  }

  get nextTryInMs(): number {
    return Math.max(0, this.#nextAtMono - this.#ports.monoMs());
  }

  get #backlog(): boolean {
    const { spool } = this.#ports;
    return spool.count >= this.#limits.maxObservations || (this.#draining && spool.count > 0);
  }

  /** Tell when something was spooled: a full batch does not wait for its interval, unless the server is in trouble. */
  spooled(): void {
    if (this.#backlog) this.hurry();
  }

  /** Tell when a grant has a result that the stream could not carry: somebody waits for it. */
  hurry(): void {
    const soon = this.#ports.monoMs() + this.#pace.backlogMs;
    if (this.#failures > 0 || this.#nextAtMono <= soon) return;
    this.#nextAtMono = soon;
    this.#bell.ring();
  }

  /** From now on empty the spool as fast as the pace for a backlog allows; `run` ends when it is empty. */
  drain(): void {
    this.#draining = true;
    this.spooled();
    this.#bell.ring();
  }

  /** Ends when the signal aborts, when a drain is done, or when the branch is gone. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && this.status.state !== "branch_gone") {
      if (this.#draining && this.#ports.spool.count === 0) return;
      const waitMs = this.nextTryInMs;
      if (waitMs > 0) {
        await this.#bell.wait(Math.min(waitMs, 3_600_000), signal);
        continue;
      }
      if (this.#isQuietReplay()) continue;
      await this.once(signal);
    }
  }

  /** A replay sends no heartbeats: it has no time of its own between its observations. */
  #isQuietReplay(): boolean {
    const { replay, collect, spool, monoMs } = this.#ports;
    if (!replay) return false;
    if (this.#failures === 0) collect();
    if (spool.count > 0) return false;
    this.#nextAtMono = monoMs() + this.#pace.intervalMs;
    return true;
  }

  /** One request with the batch that is out, a new one, or none. */
  async once(signal: AbortSignal): Promise<Outcome> {
    const ports = this.#ports;
    if (this.#failures === 0) ports.collect();
    const batch = ports.spool.cut(this.#limits, () => ({
      sentAt: (newestTo) => this.#now(newestTo),
      grantResults: ports.grants.results(),
      health: ports.health(),
    }));
    const sentMonoMs = ports.monoMs();
    const sent = batch ?? this.#heartbeat();
    const reply = await this.#send(sent, signal);
    if (signal.aborted && reply.kind === "failed") {
      return { kind: "retry", afterMs: null, reason: "network", detail: "The agent is ending." };
    }
    const hadAnchor = ports.spool.anchor !== null;
    const clockCorrected = this.#learn(reply, sentMonoMs);
    // What waited for the clock can be cut now.
    const freed = !hadAnchor && ports.spool.anchor !== null && ports.spool.count > 0;
    const outcome = outcomeOf(reply, ports.clock.now(ports.wallMs()));
    this.#obey(outcome, batch, sent);
    noteOutcome(this.status, outcome, batch?.count ?? 0, ports);
    const skewed = outcome.kind === "retry" && outcome.reason === "clock_skew";
    const wait = {
      outcome,
      failures: this.#failures,
      backlog: this.#backlog || sent.more || freed,
      clockCorrected: clockCorrected && skewed,
    };
    this.#nextAtMono = ports.monoMs() + nextWaitMs(this.#pace, wait, ports.random());
    return outcome;
  }

  #now(newestTo: number): number {
    const { replay, clock, wallMs } = this.#ports;
    if (!replay) return clock.now(wallMs());
    this.#replayNow = Math.max(this.#replayNow, newestTo);
    return this.#replayNow;
  }

  #heartbeat(): Batch {
    const { run, spool, grants, replay } = this.#ports;
    const sentAt = this.#now(replay?.now() ?? 0);
    const grantResults = grants.results();
    const head = { boot: run, seq: spool.nextSeq(), sentAt, observations: [], grantResults };
    return {
      body: JSON.stringify({ ...head, health: this.#ports.health() }),
      count: 0,
      sentAt,
      grantResults,
      more: false,
    };
  }

  async #send({ body, sentAt }: Batch, signal: AbortSignal): Promise<HttpReply> {
    const { clock, http, sign, url, version, wallMs, replay } = this.#ports;
    this.#replayNow = Math.max(this.#replayNow, replay ? sentAt : 0);
    const virtual = replay?.header === true;
    const token = await sign(virtual ? this.#replayNow : clock.now(wallMs()));
    const headers = {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "content-encoding": "gzip",
      accept: "application/json",
      "user-agent": `quen-agent/${version}`,
      ...(virtual && { "x-quen-now": String(this.#replayNow) }),
    };
    return http({ method: "POST", url, headers, body: gzipSync(body, { level: 5, memLevel: 7 }), signal });
  }

  /** True when the reply changed what the signing clock says. */
  #learn(reply: HttpReply, sentMonoMs: number): boolean {
    if (reply.kind === "failed" || this.#ports.replay) return false;
    return learnDate(this.#ports, reply.headers["date"], sentMonoMs);
  }

  #obey(outcome: Outcome, batch: Batch | null, sent: Batch): void {
    const { spool, grants } = this.#ports;
    this.#failures = outcome.kind === "done" ? 0 : this.#failures + 1;
    switch (outcome.kind) {
      case "done":
        if (batch) spool.acknowledge();
        grants.delivered(sent.grantResults);
        grants.receive(outcome.reply.grants);
        this.#pace = {
          ...this.#pace,
          intervalMs: this.#ports.replay ? this.#pace.intervalMs : outcome.reply.report.intervalMs,
        };
        return;
      case "too_large":
        this.#limits.maxObservations =
          outcome.maxObservations ?? Math.max(1, Math.ceil(this.#limits.maxObservations / 2));
        this.#limits.maxBytes = outcome.maxBytes ?? this.#limits.maxBytes;
        if (batch && !spool.split()) spool.refuse();
        return;
      case "refused":
        if (batch) spool.refuse();
        return;
      case "retry":
      case "branch_gone":
        return;
    }
  }
}
