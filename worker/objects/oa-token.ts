// Keeps the access token of the brand's Official Account, one object a deployment. Any number of callers cause one
// refresh; the new pair is stored, sealed, before any of them gets it. A shell around core/zalo/oa-token.ts.

import { DurableObject } from "cloudflare:workers";
import { createHash } from "node:crypto";
import { oaTokenDeps } from "../compose.ts";
import {
  NO_TOKEN,
  type OaTokenAsk,
  type OaTokenHealth,
  type OaTokenState,
  beginRefresh,
  decideToken,
  endRefresh,
  healthOf,
  nextAct,
  takeToken,
} from "../core/zalo/oa-token.ts";
import { describeError } from "../describe-error.ts";
import type { Env } from "../env.ts";
import type { Seal } from "../portal/seal.ts";
import { type ZaloApp, refreshAtZalo } from "./oa-token/ask-zalo.ts";

export interface OaTokenDeps {
  readonly app: ZaloApp;
  readonly seal: Seal;
  /** The refresh token of the deployment's secrets. */
  readonly seed: string | null;
}

export type OaTokenOutcome =
  | { kind: "done"; accessToken: string }
  | { kind: "retry"; afterMs: number }
  | { kind: "refuse"; reason: "missing" | "refused" | "not_configured" };

export interface OaTokenStatus {
  health: OaTokenHealth;
  accessUntil: number | null;
  refreshedAt: number | null;
  refusal: { at: number; code: number; afterLoss: boolean } | null;
  counts: { refreshed: number; refused: number; failed: number };
}

const CONTEXT = "zalo-oa-token";
const SOON_MS = 60_000;

export class OaToken extends DurableObject<Env> {
  readonly #deps: OaTokenDeps | null;
  #state: OaTokenState | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#deps = oaTokenDeps(env);
  }

  /** `rejected`: a token that Zalo did not take any more. */
  async token(rejected: string | null): Promise<OaTokenOutcome> {
    return this.#inTurn((deps) => this.#token(deps, "send", rejected), {
      kind: "refuse",
      reason: "not_configured",
    });
  }

  /** Takes a new refresh token and tries it at once. Null where Zalo is not configured. */
  async replace(refreshToken: string): Promise<OaTokenStatus | null> {
    return this.#inTurn(async (deps) => {
      await this.#keep(deps, takeToken(await this.#load(deps), refreshToken, null));
      await this.#token(deps, "send", null);
      return statusOf(await this.#load(deps));
    }, null);
  }

  async status(): Promise<OaTokenStatus | null> {
    return this.#inTurn(async (deps) => statusOf(await this.#load(deps)), null);
  }

  override async alarm(): Promise<void> {
    await this.#inTurn((deps) => this.#token(deps, "ahead", null), null);
  }

  /** One after the other: the second of two callers finds what the first one got. */
  #inTurn<T>(act: (deps: OaTokenDeps) => Promise<T>, unconfigured: T): Promise<T> {
    const deps = this.#deps;
    if (deps === null) return Promise.resolve(unconfigured);
    const turn = this.#turn.then(() => act(deps));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #token(deps: OaTokenDeps, why: OaTokenAsk["why"], rejected: string | null): Promise<OaTokenOutcome> {
    const state = await this.#load(deps);
    const fingerprint = hash(`${deps.app.id} ${deps.app.secret} ${state.refreshToken}`);
    const ask = { why, rejected, fingerprint };
    const decision = decideToken(state, { ...ask, now: Date.now() });
    if (decision.kind === "give") return { kind: "done", accessToken: decision.accessToken };
    if (decision.kind !== "refresh") return decision;
    await this.#keep(deps, beginRefresh(state, Date.now()));
    const result = await refreshAtZalo(deps.app, decision.refreshToken);
    const begun = await this.#load(deps);
    const after = endRefresh(begun, result, { now: Date.now(), fingerprint });
    await this.#keep(deps, after);
    if (result.kind === "refused")
      console.error("Zalo refused the refresh token of the Official Account: codes go by SMS", {
        code: result.code,
        afterLoss: after.refused?.afterLoss,
      });
    const answer = decideToken(after, { ...ask, why: "send", now: Date.now() });
    if (answer.kind === "give") return { kind: "done", accessToken: answer.accessToken };
    return answer.kind === "refresh" ? { kind: "retry", afterMs: SOON_MS } : answer;
  }

  async #load(deps: OaTokenDeps): Promise<OaTokenState> {
    this.#state ??= await this.#read(deps);
    const seed = deps.seed === null ? null : hash(deps.seed);
    if (deps.seed !== null && seed !== null && !this.#state.seeds.includes(seed))
      await this.#keep(deps, takeToken(this.#state, deps.seed, seed));
    return this.#state;
  }

  async #read({ seal }: OaTokenDeps): Promise<OaTokenState> {
    const sealed = this.ctx.storage.kv.get<string>("state");
    if (sealed === undefined) return NO_TOKEN;
    try {
      return JSON.parse(await seal.open(sealed, CONTEXT)) as OaTokenState;
    } catch (error) {
      console.error("The Official Account's token cannot be opened: set it anew", {
        error: describeError(error),
      });
      return NO_TOKEN;
    }
  }

  async #keep({ seal }: OaTokenDeps, state: OaTokenState): Promise<void> {
    this.ctx.storage.kv.put("state", await seal.seal(JSON.stringify(state), CONTEXT));
    const at = nextAct(state);
    if (at === null) await this.ctx.storage.deleteAlarm();
    else if (state.begunAt === null) await this.ctx.storage.setAlarm(at);
    await this.ctx.storage.sync();
    this.#state = state;
  }
}

const statusOf = (state: OaTokenState): OaTokenStatus => ({
  health: healthOf(state),
  accessUntil: state.accessToken === null ? null : state.accessUntil,
  refreshedAt: state.refreshedAt,
  refusal:
    state.refused === null
      ? null
      : { at: state.refused.at, code: state.refused.code, afterLoss: state.refused.afterLoss },
  counts: { ...state.counts },
});

const hash = (text: string): string => createHash("sha256").update(text).digest("base64url");
