// The gate of one phone's codes, or the daily cap of one device or branch (`phone:…`, `device:…`, `branch:…` are the
// names). A shell around core/otp: it keeps no code in the clear and forgets everything 24 h after its last use.

import { DurableObject } from "cloudflare:workers";
import { type CapState, giveBack, takeOne } from "../core/otp/daily-cap.ts";
import {
  type AttemptRefusal,
  EMPTY_GATE,
  type PhoneGateState,
  type SendDecision,
  type SendIntent,
  type SentBy,
  type SentCode,
  beginAttempt,
  decideSend,
  finishAttempt,
  forgetSend,
  noteWay,
  recordSend,
} from "../core/otp/phone-gate.ts";
import { OTP } from "../core/otp/policy.ts";
import type { DailyLimits, PhoneLimits } from "../core/otp/request-code.ts";
import { sameText } from "../core/otp/same-text.ts";

export type VerifyOutcome =
  | { kind: "right"; messageId: string }
  | { kind: "wrong"; attemptsLeft: number }
  | { kind: AttemptRefusal };

export class PhoneGate extends DurableObject implements PhoneLimits, DailyLimits {
  async peek(ask: { now: number; holder: string; intent: SendIntent }): Promise<SendDecision> {
    return decideSend(this.#gate(), ask);
  }

  /** Stores the code's HMAC if it may be sent. The caller sends it, and calls `forget` when that failed. */
  async request(ask: {
    now: number;
    holder: string;
    intent: SendIntent;
    code: string;
    salt: string;
    messageId: string;
  }): Promise<SendDecision> {
    const mac = await hmac(ask.salt, ask.code);
    const decision = decideSend(this.#gate(), ask);
    if (decision.kind === "send") {
      const { holder, intent, messageId, salt, now: sentAt } = ask;
      await this.#keep("gate", recordSend(this.#gate(), { holder, intent, messageId, salt, mac, sentAt }));
    }
    return decision;
  }

  /** A provider took the message over. */
  async noteWay(messageId: string, by: SentBy): Promise<void> {
    await this.#keep("gate", noteWay(this.#gate(), messageId, by));
  }

  async forget(messageId: string): Promise<void> {
    await this.#keep("gate", forgetSend(this.#gate(), messageId));
  }

  async verify(ask: { now: number; holder: string; session: string; code: string }): Promise<VerifyOutcome> {
    const begun = beginAttempt(this.#gate(), ask);
    if (begun.kind !== "compare") return begun;
    await this.#keep("gate", begun.state);
    const matched = await matching(begun.codes, ask.code);
    const compared = begun.codes.map(({ messageId }) => messageId);
    const done = finishAttempt(this.#gate(), { compared, matched, session: ask.session });
    if (done.kind !== "right") return done;
    await this.#keep("gate", done.state);
    return { kind: "right", messageId: done.messageId };
  }

  async take(now: number, limit: number): Promise<number | null> {
    const decision = takeOne(this.#cap(), now, limit);
    if (decision.kind === "full") return decision.retryAt;
    await this.#keep("cap", decision.state);
    return null;
  }

  async giveBack(takenAt: number): Promise<void> {
    await this.#keep("cap", giveBack(this.#cap(), takenAt));
  }

  /** Whose phone it is was erased: nothing is left, and no alarm. */
  async erase(): Promise<void> {
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
  }

  override async alarm(): Promise<void> {
    await this.ctx.storage.deleteAll();
  }

  #gate(): PhoneGateState {
    return this.ctx.storage.kv.get<PhoneGateState>("gate") ?? EMPTY_GATE;
  }

  #cap(): CapState {
    return this.ctx.storage.kv.get<CapState>("cap") ?? [];
  }

  /** The write is synchronous; only the alarm is awaited. It follows the machine's clock: `now` may be a demo's. */
  async #keep(key: "gate" | "cap", state: PhoneGateState | CapState): Promise<void> {
    this.ctx.storage.kv.put(key, state);
    await this.ctx.storage.setAlarm(Date.now() + OTP.dayMs);
  }
}

/** The message whose code was typed. Every code is compared, whether one before it matched or not. */
const matching = async (codes: readonly SentCode[], typed: string): Promise<string | null> => {
  const macs = await Promise.all(codes.map(({ salt }) => hmac(salt, typed)));
  return codes.filter(({ mac }, i) => sameText(macs[i] ?? "", mac))[0]?.messageId ?? null;
};

const hmac = async (salt: string, code: string): Promise<string> => {
  const text = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", text.encode(salt), algorithm, false, ["sign"]);
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, text.encode(code)));
  return btoa(String.fromCharCode(...mac));
};
