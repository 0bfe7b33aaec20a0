// The access object: one per branch, the only keeper of who may be on there. A shell: reads input, calls the parts in
// access/, commits, tells the store's agents and whoever waits; it answers only after its rows are durable.

import { DurableObject } from "cloudflare:workers";
import type { AccessAsk, AccessOutcome, AccessSeen, AccessState } from "../../captive-portal/access.ts";
import type { GatewayId } from "../../schema/ids.ts";
import { accessDeps } from "../compose.ts";
import { WAIT_MS } from "../core/access/limits.ts";
import { describeError } from "../describe-error.ts";
import type { Env } from "../env.ts";
import { answerQueue, type QueueAnswer, type QueueAsk } from "./access/authmon.ts";
import { OPENING_HEADER } from "./access/call-object.ts";
import type {
  AccessDeps,
  AgentReport,
  AgentReportReply,
  CredentialAsk,
  CredentialVerdict,
  GatewayNote,
  NoteVerdict,
  StreamCount,
  StreamOpening,
} from "./access/calls.ts";
import { judgeCredential, noteClient } from "./access/credentials.ts";
import { forgetDue, nextForget } from "./access/forget.ts";
import { grantOf, grantOfClient } from "./access/grant-rows.ts";
import { holderOf } from "./access/holders.ts";
import { keepAsk } from "./access/keep-ask.ts";
import { readResults } from "./access/read-frame.ts";
import { grantsFor, judgeOpen, takeResults, wireGrant } from "./access/results.ts";
import { keepShutOut, refusalOf, type ShutOut } from "./access/shut-out.ts";
import {
  acceptStream,
  connectedAgents,
  endStreams,
  openStreams,
  ownerOf,
  sendGrants,
  type StreamOwner,
} from "./access/streams.ts";
import { createTables } from "./access/tables.ts";
import { Waiters } from "./access/waiters.ts";

/** Several things that are due within this are done at once. */
const ALARM_STEP_MS = 15_000;

export class BranchAccess extends DurableObject<Env> {
  readonly #sql: SqlStorage;
  readonly #deps: AccessDeps;
  readonly #waiters = new Waiters();
  #alarmAt: number | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#sql = ctx.storage.sql;
    this.#deps = accessDeps(env);
    createTables(this.#sql);
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  }

  async allow(ask: AccessAsk): Promise<AccessOutcome> {
    const kept = this.ctx.storage.transactionSync(() => keepAsk(this.#sql, ask, Date.now()));
    if (kept.kind === "limited") return kept;
    await this.#schedule();
    const { id, state } = kept.grant;
    const grant = state === "waiting" ? wireGrant(kept.grant) : null;
    const streams = grant === null ? [] : openStreams(this.ctx);
    for (const socket of streams) sendGrants(socket, grant === null ? [] : [grant]);
    if (streams.length > 0) await this.#waiters.changeOf(id, WAIT_MS);
    const row = grantOf(this.#sql, id);
    return { kind: row?.state ?? "waiting", device: this.#deviceOf(id) };
  }

  state(grantId: string, now: number): AccessSeen {
    const row = grantOf(this.#sql, grantId);
    if (row === null || now >= row.until) return { state: "over", device: null, sessionId: null };
    const sessionId = holderOf(this.#sql, grantId)?.sessionId ?? null;
    return { state: row.state, device: this.#deviceOf(grantId), sessionId };
  }

  byClient(
    clientKey: string,
    gatewayId: GatewayId,
    now: number,
  ): { readonly state: AccessState; readonly until: number } | null {
    const row = grantOfClient(this.#sql, gatewayId, clientKey);
    return row === null || now >= row.until ? null : { state: row.state, until: row.until };
  }

  /** An agent's results out of its report, and what it has not answered yet. */
  report({ agentId, results, now }: AgentReport): AgentReportReply {
    const { changed, unknown } = this.#take(agentId, results);
    this.#waiters.changed(changed);
    return { grants: grantsFor(this.#sql, agentId, now), unknown };
  }

  authmon(gatewayId: GatewayId, ask: QueueAsk, now: number): QueueAnswer {
    const answer = this.ctx.storage.transactionSync(() => answerQueue(this.#sql, gatewayId, ask, now));
    this.#waiters.changed(answer.changed);
    return answer;
  }

  judge(ask: CredentialAsk): CredentialVerdict {
    return this.#tell(this.ctx.storage.transactionSync(() => judgeCredential(this.#sql, ask)));
  }

  note(note: GatewayNote): NoteVerdict {
    return this.#tell(this.ctx.storage.transactionSync(() => noteClient(this.#sql, note)));
  }

  /** Ends streams that are open, and keeps them from being opened again. */
  shutOut(who: ShutOut): void {
    keepShutOut(this.#sql, who);
    if ("agentId" in who) endStreams(this.ctx, who.agentId);
    else if (who.branchClosed) endStreams(this.ctx, null);
  }

  /** `GET /v1/agents/stream`, already authenticated by the Worker. */
  override async fetch(request: Request): Promise<Response> {
    const opening = JSON.parse(request.headers.get(OPENING_HEADER) ?? "null") as StreamOpening | null;
    if (opening === null) return new Response(null, { status: 400 });
    const { agentId, branchId, now } = opening;
    const refusal = refusalOf(this.#sql, opening);
    if (refusal !== null) return new Response(null, { status: refusal });
    const owner: StreamOwner = { agentId, branchId };
    const { client, server } = acceptStream(this.ctx, owner);
    sendGrants(server, grantsFor(this.#sql, agentId, now));
    return new Response(null, { status: 101, webSocket: client });
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    const results = readResults(message);
    if (results === null) return this.#count(socket, "stream_malformed_frame", 1);
    const { changed, unknown } = this.#take(ownerOf(socket).agentId, results);
    this.#waiters.changed(changed);
    if (unknown > 0) await this.#count(socket, "result_unknown_grant", unknown);
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    // Codes that say "no code came" may not be sent back.
    socket.close(code === 1005 || code === 1006 || code === 1015 ? 1000 : code);
    this.#left();
  }

  override webSocketError(): void {
    this.#left();
  }

  override async alarm(): Promise<void> {
    this.#alarmAt = null;
    this.ctx.storage.transactionSync(() => forgetDue(this.#sql, Date.now()));
    await this.#schedule();
  }

  #take(agentId: string, results: AgentReport["results"]) {
    if (results.length === 0) return { changed: [], unknown: 0 };
    const connected = connectedAgents(this.ctx);
    return this.ctx.storage.transactionSync(() => takeResults(this.#sql, agentId, results, connected));
  }

  /** Who went away may have been the one whose answer was waited for. */
  #left(): void {
    const connected = connectedAgents(this.ctx);
    this.#waiters.changed(this.ctx.storage.transactionSync(() => judgeOpen(this.#sql, connected)));
    if (connected.length === 0) this.#waiters.changedAll();
  }

  #tell<Verdict extends CredentialVerdict | NoteVerdict>(verdict: Verdict): Verdict {
    if ("changed" in verdict && verdict.changed) this.#waiters.changed([verdict.grantId]);
    return verdict;
  }

  /** Only what somebody vouched for makes a device the person's. */
  #deviceOf(grantId: string): AccessSeen["device"] {
    const holder = holderOf(this.#sql, grantId);
    return holder?.vouched === true ? holder.device : null;
  }

  async #count(socket: WebSocket, reason: StreamCount, n: number): Promise<void> {
    const { agentId, branchId } = ownerOf(socket);
    try {
      await this.#deps.count(branchId, reason, n);
    } catch (error) {
      console.error("What an agent said could not be counted", {
        agentId,
        reason,
        error: describeError(error),
      });
    }
  }

  async #schedule(): Promise<void> {
    const due = nextForget(this.#sql);
    if (due === null) return;
    const at = Math.ceil(due / ALARM_STEP_MS) * ALARM_STEP_MS;
    if (this.#alarmAt !== null && this.#alarmAt <= at) return;
    this.#alarmAt = at;
    await this.ctx.storage.setAlarm(at);
  }
}
