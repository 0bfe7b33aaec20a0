// The branch object: one per branch, the only writer of its presence. A shell: reads input, calls the parts in
// branch/, commits in one transaction and answers; it replies only after its rows are durable.

import { describeError } from "../describe-error.ts";
import { DurableObject } from "cloudflare:workers";
import type { BranchSettings } from "../../schema/definitions.ts";
import type { BranchId, DeviceToken } from "../../schema/ids.ts";
import { branchDeps } from "../compose.ts";
import type { Env } from "../env.ts";
import {
  type AgentStatus,
  agentStatuses,
  countDrops,
  countersOf,
  isReplayed,
  noteAgent,
} from "./branch/agents.ts";
import { markSignIn } from "./branch/apply-facts.ts";
import { followFacts } from "./branch/follow-facts.ts";
import { takeObservations } from "./branch/ingest.ts";
import { markDirty, openDays } from "./branch/footfall-rows.ts";
import { rescheduleDay } from "./branch/recognised-rows.ts";
import { drainOutbox, outboxSize } from "./branch/outbox.ts";
import { type Occupancy, occupancyNow } from "./branch/presence-now.ts";
import { forgetOld, nextDue, publishFootfall, publishVisits } from "./branch/publish.ts";
import { wantStarts } from "./branch/starts.ts";
import { createTables, metaOf } from "./branch/tables.ts";
import type {
  BranchDeps,
  BranchRef,
  Clock,
  IngestInput,
  IngestResult,
  ObserveInput,
} from "./branch/calls.ts";
import { tellViewers } from "./branch/viewers.ts";

export type { BranchDeps, BranchRef, Clock, IngestInput, IngestResult, ObserveInput };

/** How old the copy of device facts may be when observations are judged; a withdrawal takes effect within it. */
const SYNC_EVERY_MS = 20_000;
const LIVE_EVERY_MS = 60_000;
/** Rows past their lifetime wait this long at most. */
const LOOK_EVERY_MS = 60_000;
const RETRY_MS = 10_000;

export class BranchPresence extends DurableObject<Env> {
  readonly #sql: SqlStorage;
  readonly #deps: BranchDeps;
  #alarmAt: number | null = null;
  #syncedAt = Number.NEGATIVE_INFINITY;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #remembered = "";

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#sql = ctx.storage.sql;
    this.#deps = branchDeps(env);
    createTables(this.#sql);
  }

  async ingest(input: IngestInput): Promise<IngestResult> {
    const { clock, branchId, settings } = input;
    this.#remember(input, clock);
    await this.#sync(input, clock, "when due");
    const result = this.ctx.storage.transactionSync((): IngestResult => {
      if (isReplayed(this.#sql, input.token)) return { ok: false, reason: "replayed" };
      this.#runDue(input, clock.now);
      const taken = takeObservations(this.#sql, input.observations, branchId, settings, clock.now);
      const repeated = noteAgent(this.#sql, input, clock.now);
      if (!repeated) countDrops(this.#sql, [input.dropped, taken.counted]);
      this.#runDue(input, clock.now);
      return { ok: true, dropped: taken.dropped };
    });
    await this.#schedule(input, clock);
    this.#broadcast(clock);
    return result;
  }

  async observe(input: ObserveInput): Promise<void> {
    const { clock, branchId, settings, observations, dropped } = input;
    this.#remember(input, clock);
    await this.#sync(input, clock, "when due");
    this.ctx.storage.transactionSync(() => {
      this.#runDue(input, clock.now);
      const taken = takeObservations(this.#sql, observations, branchId, settings, clock.now);
      countDrops(this.#sql, [dropped, taken.counted]);
      this.#runDue(input, clock.now);
    });
    await this.#schedule(input, clock);
    this.#broadcast(clock);
  }

  /** Called after a sign-in or a change of consent was committed to D1: takes the new facts at once. */
  async factsChanged(
    ref: BranchRef,
    clock: Clock,
    signIn: { device: DeviceToken; at: number } | null,
  ): Promise<void> {
    this.#remember(ref, clock);
    await this.#sync(ref, clock, "now");
    this.ctx.storage.transactionSync(() => {
      // A recognised sign-in came with the facts; another's is worth keeping only where the anonymous are counted.
      if (signIn && ref.settings.definitions.countBeforeConsent)
        markSignIn(this.#sql, signIn.device, signIn.at, ref.settings, clock.now);
      this.#runDue(ref, clock.now);
    });
    await this.#schedule(ref, clock);
  }

  /** Runs what is due at `clock.now`. */
  async advance(ref: BranchRef, clock: Clock): Promise<void> {
    this.#remember(ref, clock);
    await this.#sync(ref, clock, "when due");
    this.ctx.storage.transactionSync(() => this.#runDue(ref, clock.now));
    await this.#schedule(ref, clock);
  }

  /** False for a token that a report or a stream has used before. */
  useToken(token: IngestInput["token"]): boolean {
    return !isReplayed(this.#sql, token);
  }

  now(ref: BranchRef, now: number): Occupancy {
    return occupancyNow(this.#sql, ref.branchId, ref.settings, now);
  }

  status(): { agents: AgentStatus[]; counters: Record<string, number>; outbox: number } {
    return {
      agents: agentStatuses(this.#sql),
      counters: countersOf(this.#sql),
      outbox: outboxSize(this.#sql),
    };
  }

  /** Counts `n` inputs that were refused before they could be judged. */
  count(reason: string, n: number): void {
    countDrops(this.#sql, [{ [reason]: n }]);
  }

  /** `GET …/live`, already authorised by the Worker: a hibernating WebSocket of the occupancy. */
  override fetch(request: Request): Response {
    if (request.headers.get("upgrade") !== "websocket") return new Response(null, { status: 426 });
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    const ref = this.#ref();
    if (ref) server.send(this.#message(ref, { now: Date.now(), virtual: false }));
    return new Response(null, { status: 101, webSocket: client });
  }

  /** Viewers only listen. */
  override webSocketMessage(): void {}

  override webSocketClose(socket: WebSocket, code: number): void {
    // Codes that say "no code came" may not be sent back.
    socket.close(code === 1005 || code === 1006 || code === 1015 ? 1000 : code);
  }

  override async alarm(): Promise<void> {
    this.#alarmAt = null;
    const ref = this.#ref();
    const clock = { now: Date.now(), virtual: metaOf(this.#sql).get("virtualAt") !== null };
    // The platform gives up on an alarm after a few throws; what is due must not wait for the next heartbeat. Each
    // part is tried for itself: a day closes although the database does not answer, and a queue that refuses
    // keeps nothing else waiting.
    const problems: unknown[] = [];
    const note = (error: unknown): void => void problems.push(error);
    if (ref && !clock.virtual) {
      await this.#sync(ref, clock, "when due").catch(note);
      const synced = problems.length === 0;
      this.ctx.storage.transactionSync(() => {
        if (synced) this.#runDue(ref, clock.now);
        else publishFootfall(this.#sql, ref.branchId, ref.settings, clock.now);
      });
    }
    await drainOutbox(this.#sql, this.#deps.queue).catch(note);
    if (problems.length === 0) await this.#schedule(ref, clock);
    else {
      const errors = problems.map(describeError);
      console.error("Due work of the branch could not be done; it is tried again", { errors });
      await this.#wake(Date.now() + RETRY_MS);
    }
    this.#broadcast(clock);
  }

  /** Asked several times a batch, so it first asks cheaply whether anything is due at all. */
  #runDue(ref: BranchRef, now: number): void {
    const due = nextDue(this.#sql, ref.settings) ?? Infinity;
    if (now < due && Math.abs(now - this.#lookedAt) < LOOK_EVERY_MS) return;
    this.#lookedAt = now;
    publishVisits(this.#sql, ref.branchId, ref.settings, now);
    publishFootfall(this.#sql, ref.branchId, ref.settings, now);
    forgetOld(this.#sql, ref.settings, now);
  }

  async #sync(ref: BranchRef, clock: Clock, when: "now" | "when due"): Promise<void> {
    if (when === "when due" && Math.abs(clock.now - this.#syncedAt) < SYNC_EVERY_MS) return;
    await followFacts(this.ctx.storage, this.#deps.factsAfter, ref, clock.now);
    this.#syncedAt = clock.now;
  }

  /** Alarms have no caller, so the object remembers who it is and under which definitions. */
  #remember(ref: BranchRef & Partial<Pick<ObserveInput, "starts">>, clock: Clock): void {
    if (ref.starts !== undefined) wantStarts(this.#sql, ref.starts);
    const meta = metaOf(this.#sql);
    const settings = JSON.stringify(ref.settings);
    const remembered = `${clock.virtual ? clock.now : ""} ${settings}`;
    if (remembered === this.#remembered) return;
    this.#remembered = remembered;
    const before = meta.get("settings");
    if (before !== settings) meta.set("settings", settings);
    if (before !== null && before !== settings) this.#countAnew(clock.now);
    if (meta.get("branchId") === null) meta.set("branchId", ref.branchId);
    if (clock.virtual) meta.set("virtualAt", String(clock.now));
    else if (meta.get("virtualAt") !== null) this.#sql.exec("DELETE FROM meta WHERE key = 'virtualAt'");
  }

  /** Open days count under the definitions now in force; closed ones stay as they were frozen. */
  #countAnew(now: number): void {
    this.ctx.storage.transactionSync(() => {
      for (const { day } of openDays(this.#sql)) {
        markDirty(this.#sql, day);
        rescheduleDay(this.#sql, day, now);
      }
    });
    this.#lookedAt = Number.NEGATIVE_INFINITY;
  }

  #ref(): BranchRef | null {
    const meta = metaOf(this.#sql);
    const [branchId, settings] = [meta.get("branchId"), meta.get("settings")];
    if (branchId === null || settings === null) return null;
    return { branchId: branchId as BranchId, settings: JSON.parse(settings) as BranchSettings };
  }

  async #schedule(ref: BranchRef | null, clock: Clock): Promise<void> {
    if (outboxSize(this.#sql) > 0) return this.#wake(Date.now());
    if (clock.virtual) return;
    const due = ref ? nextDue(this.#sql, ref.settings) : null;
    const live = this.ctx.getWebSockets().length > 0 ? clock.now + LIVE_EVERY_MS : null;
    const at = Math.min(due ?? Infinity, live ?? Infinity);
    if (at < Infinity) await this.#wake(Math.max(at, clock.now));
  }

  async #wake(at: number): Promise<void> {
    if (this.#alarmAt !== null && this.#alarmAt <= at) return;
    this.#alarmAt = at;
    await this.ctx.storage.setAlarm(at);
  }

  #message(ref: BranchRef, clock: Clock): string {
    return JSON.stringify({ ...this.now(ref, clock.now), at: new Date(clock.now).toISOString() });
  }

  #broadcast(clock: Clock): void {
    const sockets = this.ctx.getWebSockets();
    const ref = sockets.length > 0 ? this.#ref() : null;
    if (ref) tellViewers(sockets, this.#message(ref, clock));
  }
}
