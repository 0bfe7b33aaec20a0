// Sends the changes to one receiver of webhooks, one object a receiver: it knows how far it has read the log and what waits
// to be tried again. What is sent is in D1 until it was sent, so that a crash repeats a message and never loses one.

import { DurableObject } from "cloudflare:workers";
import { webhookDeps } from "../compose.ts";
import { afterTry, type Outcome } from "../core/webhooks/after-try.ts";
import { startAnew } from "../core/webhooks/health.ts";
import { nextAlarm, watchAt } from "../core/webhooks/next-alarm.ts";
import { describeError } from "../describe-error.ts";
import type { Env } from "../env.ts";
import type { Clock } from "./branch-presence.ts";
import type { Receiver, SenderDeps, SenderStatus, TestOutcome } from "./webhook/calls.ts";
import { deliver } from "./webhook/deliver.ts";
import { takeIn } from "./webhook/intake.ts";
import { type Lanes, makeLanes } from "./webhook/lanes.ts";
import { testPayload } from "./webhook/payload.ts";
import { post } from "./webhook/post.ts";
import * as rows from "./webhook/rows.ts";

export type { SenderDeps, SenderStatus, TestOutcome };

const AT_ONCE = 8;
/** A change of the receiver, a removal included, takes effect within it. */
const RECEIVER_MS = 5_000;

interface Piece {
  readonly message: rows.Waiting;
  readonly receiver: Receiver;
  readonly deps: SenderDeps;
  readonly endpointId: string;
}

export class WebhookSender extends DurableObject<Env> {
  readonly #sql: SqlStorage;
  readonly #deps: SenderDeps | null;
  readonly #lanes: Lanes;
  readonly #flying = new Set<number>();
  #state: rows.SenderState | null;
  #receiver: { value: Receiver | null; readAt: number } | null = null;
  #pokes = 0;
  /** The `#pokes` at which the log had nothing more. */
  #dryAt = -1;
  #failed = false;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#sql = ctx.storage.sql;
    this.#deps = webhookDeps(env);
    rows.createTables(this.#sql);
    this.#state = ctx.storage.kv.get<rows.SenderState>("state") ?? null;
    this.#lanes = makeLanes<Piece>({
      most: AT_ONCE,
      take: () => this.#take(),
      carryOut: (piece) => this.#send(piece),
      failed: (error) => {
        this.#failed = true;
        console.error("Webhooks wait", { error: describeError(error) });
      },
    });
  }

  /** Called before the receiver is stored, so that nothing that happens from then on is missed. */
  async begin(endpointId: string, cursor: number): Promise<void> {
    if (this.#state === null) this.#keep(rows.newState(endpointId, cursor));
    await this.#watch();
  }

  /** There may be something new in the log. Null: the caller knows no time. */
  async poke(clock: Clock | null): Promise<void> {
    if (this.#state === null) return;
    this.#remember(clock);
    this.#receiver = null;
    await this.#watch();
    this.ctx.waitUntil(this.#work());
  }

  /** After an operator enabled it again: what waits is tried at once, and what came since is sent. */
  async resume(clock: Clock): Promise<void> {
    if (this.#state === null) return;
    this.#remember(clock);
    this.#keep({ ...this.#state, health: startAnew(this.#state.health) });
    rows.hurry(this.#sql, this.#now(this.#state));
    await this.poke(null);
  }

  /** Sends again what lies in the range; together with what is left of an earlier replay. */
  async replay(after: number, until: number): Promise<void> {
    if (this.#state === null) return;
    const { replay: old } = this.#state;
    const replay = {
      after: Math.min(after, old?.after ?? after),
      until: Math.max(until, old?.until ?? until),
    };
    this.#keep({ ...this.#state, replay });
    await this.poke(null);
  }

  /** One message now, whatever else waits; it counts neither for nor against the receiver. */
  async sendTest(id: string): Promise<TestOutcome> {
    this.#receiver = null;
    const receiver = await this.#read();
    if (receiver === null || this.#deps === null) return { kind: "removed" };
    const { url, secrets } = receiver;
    const { fetch, mode } = this.#deps;
    const now = Date.now();
    return post(fetch, { id, url, secrets, body: testPayload(now), mode, now });
  }

  status(): SenderStatus | null {
    if (this.#state === null) return null;
    const { cursor, replay, missedThrough, health } = this.#state;
    const { count, nextAt } = rows.waitingNow(this.#sql);
    return { cursor, waiting: count, nextTryAt: nextAt, replaying: replay !== null, missedThrough, health };
  }

  /** The receiver was removed. */
  async end(): Promise<void> {
    this.#state = null;
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
    rows.createTables(this.#sql);
  }

  override async alarm(): Promise<void> {
    await this.#work();
  }

  async #work(): Promise<void> {
    this.#pokes += 1;
    this.#lanes.open();
    await this.#lanes.idle();
    await this.#schedule();
  }

  async #take(): Promise<Piece | null> {
    for (;;) {
      const receiver = await this.#read();
      const [state, deps] = [this.#state, this.#deps];
      if (state === null || deps === null || receiver === null || receiver.isDisabled) return null;
      const now = this.#now(state);
      const message = rows.nextDue(this.#sql, now, this.#flying);
      if (message !== null) {
        this.#flying.add(message.seq);
        return { message, receiver, deps, endpointId: state.endpointId };
      }
      const pokes = this.#pokes;
      if (this.#dryAt === pokes) return null;
      const kept = { get: () => this.#state, set: (next: rows.SenderState) => this.#keep(next) };
      const more = await takeIn({ storage: this.ctx.storage, deps, kept, receiver, now });
      if (!more) this.#dryAt = pokes;
    }
  }

  async #send({ message, receiver, deps, endpointId }: Piece): Promise<void> {
    try {
      await this.#note(message, await deliver(deps, { endpointId, receiver, seq: message.seq }), deps);
    } finally {
      this.#flying.delete(message.seq);
    }
  }

  async #note({ seq, tries }: rows.Waiting, outcome: Outcome, deps: SenderDeps): Promise<void> {
    const state = this.#state;
    if (state === null) return;
    const now = this.#now(state);
    const after = afterTry({ health: state.health, tries, outcome, now, random: Math.random() });
    this.ctx.storage.transactionSync(() => {
      if (after.dueAt === null) rows.removeWaiting(this.#sql, seq);
      else rows.waitAgain(this.#sql, { seq, tries: tries + 1, dueAt: after.dueAt });
      this.#keep({ ...state, health: after.health });
    });
    const because = after.disable;
    if (because === null || !(await deps.disable(state.endpointId, because, now))) return;
    this.#receiver = null;
    const told = { endpointId: state.endpointId, because, failure: after.health.lastFailure };
    console.error("A receiver of webhooks is not sent to any more until it is enabled again", told);
  }

  /** What waits is judged by one clock: when it is exchanged for another, nothing may seem years old or far ahead. */
  #remember(clock: Clock | null): void {
    const state = this.#state;
    if (state === null || clock === null) return;
    const virtualAt = clock.virtual ? clock.now : null;
    if (virtualAt === state.virtualAt) return;
    const isExchanged = (virtualAt === null) !== (state.virtualAt === null);
    this.#keep({ ...state, virtualAt, health: isExchanged ? startAnew(state.health) : state.health });
    if (isExchanged) rows.hurry(this.#sql, clock.now);
  }

  async #read(): Promise<Receiver | null> {
    const [state, deps] = [this.#state, this.#deps];
    if (state === null || deps === null) return null;
    let known = this.#receiver;
    if (known === null || known.readAt + RECEIVER_MS <= Date.now()) {
      known = { value: await deps.receiver(state.endpointId), readAt: Date.now() };
      this.#receiver = known;
    }
    if (known.value === null) await this.end();
    return known.value;
  }

  #now(state: rows.SenderState): number {
    return state.virtualAt ?? Date.now();
  }

  #keep(state: rows.SenderState): void {
    this.#state = state;
    this.ctx.storage.kv.put("state", state);
  }

  /** Whatever becomes of work behind an answer, the alarm comes. */
  async #watch(): Promise<void> {
    const at = watchAt(Date.now());
    const alarmAt = await this.ctx.storage.getAlarm();
    if (alarmAt === null || alarmAt > at) await this.ctx.storage.setAlarm(at);
  }

  async #schedule(): Promise<void> {
    const state = this.#state;
    if (state === null) return;
    const isDisabled = this.#receiver?.value?.isDisabled === true;
    const at = nextAlarm({
      nextAt: rows.waitingNow(this.#sql).nextAt,
      clock: state.virtualAt === null ? "real" : "supplied",
      after: isDisabled ? "disabled" : this.#failed ? "failed" : "done",
      now: Date.now(),
    });
    this.#failed = false;
    if (at === null) await this.ctx.storage.deleteAlarm();
    else await this.ctx.storage.setAlarm(at);
  }
}
