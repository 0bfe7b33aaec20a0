// Orders the decisions of identity, one at a time for the brand. It keeps nothing that matters: facts, what waits to be
// decided and what was decided are in D1, and a commit that is not based on what stands there is refused.

import { DurableObject } from "cloudflare:workers";
import { identityDeps, pokesOf } from "../compose.ts";
import { DEFAULT_RULES, type Rules } from "../core/identity/rules.ts";
import { describeError } from "../describe-error.ts";
import type { Env } from "../env.ts";
import { counted, type LaneCounts, NO_COUNTS } from "../identity/lane-counts.ts";
import { type IdentityDeps, takeTurn, type Turn } from "../identity/settle.ts";
import { countWaiting, letWait } from "../store/identity/walk.ts";
import type { Clock } from "./branch-presence.ts";

export interface Settled {
  /** Identifiers about which something was decided. */
  readonly decided: number;
  /** Whether some still wait: the alarm goes on. */
  readonly more: boolean;
}

export interface LaneStatus extends LaneCounts {
  /** Rows that wait; at most 100,000 are counted. */
  readonly waiting: number;
  /** How far all identifiers are being decided again: the last key. Null: they are not. */
  readonly rebuilding: string | null;
}

/** What waits is read and decided so many rows at once. */
const ROWS_A_TURN = 300;
const TURNS_AT_ONCE = 20;
const CONFLICTS_AT_ONCE = 5;
const SOON_MS = 50;
const RETRY_MS = 10_000;

export class IdentityLane extends DurableObject<Env> {
  readonly #deps: IdentityDeps | null;
  #rules: Rules | undefined;
  /** What was begun at a supplied time goes on at it. */
  #virtual: Clock | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  /** A settling that has not begun: it will see whatever its callers committed before they called. */
  #next: Promise<Settled> | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#deps = identityDeps(env);
  }

  /** Decides what waits, a bounded number of rounds. Throws when the database does not answer; nothing is lost then. */
  async settle(clock: Clock): Promise<Settled> {
    this.#virtual = clock.virtual ? clock : null;
    this.#next ??= this.#inTurn(async (deps) => {
      this.#next = null;
      return this.#settle(deps, clock);
    });
    return this.#next;
  }

  /** Decides all identifiers again, some at a time, from the next alarm on. */
  async rebuild(): Promise<void> {
    this.ctx.storage.kv.put("cursor", "");
    await this.ctx.storage.setAlarm(Date.now() + SOON_MS);
  }

  async status(): Promise<LaneStatus> {
    const waiting = this.#deps === null ? 0 : await countWaiting(this.#deps.db);
    return { waiting, rebuilding: this.#cursor() ?? null, ...this.#counts() };
  }

  override async alarm(): Promise<void> {
    try {
      await this.settle(this.#virtual ?? { now: Date.now(), virtual: false });
      await pokesOf(this.env).tell(this.#virtual);
    } catch {
      // It was logged, and the next alarm is set.
    }
  }

  /** One after the other, whatever became of the one before. */
  #inTurn<T>(act: (deps: IdentityDeps) => Promise<T>): Promise<T> {
    const deps = this.#deps;
    if (deps === null) return Promise.reject(new Error("The Worker is not configured"));
    const turn = this.#turn.then(() => act(deps));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #settle(deps: IdentityDeps, clock: Clock): Promise<Settled> {
    try {
      const settled = await this.#turns(deps, clock.now);
      if (settled.more) await this.ctx.storage.setAlarm(Date.now() + SOON_MS);
      return settled;
    } catch (error) {
      console.error("Identity could not be decided: it is tried again", { error: describeError(error) });
      await this.ctx.storage.setAlarm(Date.now() + RETRY_MS);
      throw error;
    }
  }

  async #turns(deps: IdentityDeps, now: number): Promise<Settled> {
    let [decided, conflicts] = [0, 0];
    for (let turns = 0; turns < TURNS_AT_ONCE; turns += 1) {
      const turn = await takeTurn(deps, { most: ROWS_A_TURN, guess: this.#rules ?? DEFAULT_RULES, now });
      this.#notice(turn.rules);
      this.#count(turn);
      if (turn.kind === "decided") decided += turn.decided;
      if (turn.kind === "conflict" && ++conflicts >= CONFLICTS_AT_ONCE) break;
      if (turn.kind === "idle" && (await this.#walk(deps, now)) === "done") return { decided, more: false };
    }
    return { decided, more: true };
  }

  /** While all are decided again: the next identifiers. A step that is repeated after a crash changes nothing. */
  async #walk({ db }: IdentityDeps, now: number): Promise<"more" | "done"> {
    const cursor = this.#cursor();
    if (cursor === undefined) return "done";
    const last = await letWait(db, cursor, ROWS_A_TURN, now);
    if (last === null) this.ctx.storage.kv.delete("cursor");
    else this.ctx.storage.kv.put("cursor", last);
    return last === null ? "done" : "more";
  }

  /** Whoever puts other rules in force need not tell: all are decided again when they are first met. */
  #notice(rules: Rules): void {
    this.#rules = rules;
    const known = this.ctx.storage.kv.get<string>("rules");
    if (known === rules.version) return;
    this.ctx.storage.kv.put("rules", rules.version);
    if (known !== undefined) this.ctx.storage.kv.put("cursor", "");
  }

  #cursor(): string | undefined {
    return this.ctx.storage.kv.get<string>("cursor");
  }

  #counts(): LaneCounts {
    return this.ctx.storage.kv.get<LaneCounts>("counts") ?? NO_COUNTS;
  }

  #count(turn: Turn): void {
    if (turn.kind === "decided" && turn.tooLarge.length > 0)
      console.warn("Too many identifiers hang together: they are not joined", {
        edges: turn.tooLarge.length,
        some: turn.tooLarge.slice(0, 5).map(({ a, b }) => [a, b]),
      });
    if (turn.kind !== "idle") this.ctx.storage.kv.put("counts", counted(this.#counts(), turn));
  }
}
