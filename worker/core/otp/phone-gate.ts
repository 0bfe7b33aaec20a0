// The decisions about one phone's codes: may another be sent, is there one to type, may this attempt be made.
// Holders (a device, or a session where the gateway names none) never share a code, and one cannot void another's.
// A code that went by Zalo stays valid beside the one the shopper then wanted by SMS, because either message may come
// first; the two share one budget of attempts, and using one voids the other.

import { OTP } from "./policy.ts";

/** The message that a provider took over: by Zalo, by SMS, or by the operator's own service. */
export type SentBy = "zalo" | "sms" | "other";

export interface SentCode {
  /** Names the message that carries the code; later the proof in the consent record. */
  readonly messageId: string;
  /** HMAC-SHA-256(salt, code), both base64url; the salt is random and new for each code. */
  readonly salt: string;
  readonly mac: string;
  readonly sentAt: number;
  /** Absent until a provider took it over. */
  readonly by?: SentBy;
}

export interface PendingCode extends SentCode {
  readonly holder: string;
  readonly attempts: number;
  /** The session that typed it right. It may do so again (a reply got lost); nobody else may. */
  readonly usedBy: string | null;
  /** The code that went by Zalo before this one went by SMS. */
  readonly earlier?: SentCode;
  /** What it took the place of while that could still be typed; back if this one's message does not leave. */
  readonly replaced?: PendingCode;
  /** The one SMS that need not wait was asked for, and did not leave. */
  readonly smsAsked?: true;
}

export interface PhoneGateState {
  readonly sentAt: readonly number[];
  readonly codes: readonly PendingCode[];
}

export const EMPTY_GATE: PhoneGateState = { sentAt: [], codes: [] };

/**
 * `resume` is content with a code that is still on its way; `again` is the shopper's own wish for a new one; `by_sms`
 * is that wish with a way, and need not wait when the holder's last code went by Zalo.
 */
export type SendIntent = "resume" | "again" | "by_sms";

export type SendDecision =
  | { readonly kind: "send" }
  | { readonly kind: "pending"; readonly expiresAt: number; readonly by: SentBy | null }
  | { readonly kind: "limited"; readonly retryAt: number };

interface SendAsk {
  readonly now: number;
  readonly holder: string;
  readonly intent: SendIntent;
}

export const decideSend = (state: PhoneGateState, ask: SendAsk): SendDecision => {
  const { sentAt, codes } = prune(state, ask.now);
  const held = codes.find((code) => code.holder === ask.holder);
  if (ask.intent === "resume" && held !== undefined && isTypable(held, ask.now)) {
    return { kind: "pending", expiresAt: held.sentAt + OTP.lifeMs, by: held.by ?? null };
  }
  if (sentAt.length >= OTP.sendsPerDay) return { kind: "limited", retryAt: Math.min(...sentAt) + OTP.dayMs };
  const place = ask.intent === "by_sms" && held !== undefined ? freePlace(sentAt, held) : -1;
  const latest = Math.max(...(place < 0 ? sentAt : sentAt.toSpliced(place, 1)));
  if (ask.now < latest + OTP.betweenSendsMs) return { kind: "limited", retryAt: latest + OTP.betweenSendsMs };
  return { kind: "send" };
};

/** Where the send stands that need not be waited for; -1 if there is none. */
const freePlace = (sentAt: readonly number[], held: PendingCode): number =>
  held.by === "zalo" && held.smsAsked === undefined ? sentAt.indexOf(held.sentAt) : -1;

export type NewCode = Pick<PendingCode, "holder" | "messageId" | "salt" | "mac" | "sentAt"> & {
  readonly intent: SendIntent;
};

/** The new code takes the place of the holder's older one, or its side if that one went by Zalo and this is the SMS. */
export const recordSend = (state: PhoneGateState, { intent, ...code }: NewCode): PhoneGateState => {
  const { sentAt, codes } = prune(state, code.sentAt);
  const held = codes.find((other) => other.holder === code.holder);
  const others = codes.filter((other) => other.holder !== code.holder);
  const beside =
    intent === "by_sms" && held?.by === "zalo" && isTypable(held, code.sentAt)
      ? { attempts: held.attempts, earlier: sentPart(held) }
      : {
          attempts: 0,
          ...(held !== undefined && isTypable(held, code.sentAt) ? { replaced: plain(held) } : {}),
        };
  return { sentAt: [...sentAt, code.sentAt], codes: [...others, { ...code, usedBy: null, ...beside }] };
};

/** A provider took the message over. */
export const noteWay = (state: PhoneGateState, messageId: string, by: SentBy): PhoneGateState => ({
  ...state,
  codes: state.codes.map((code) => (code.messageId === messageId ? { ...code, by } : code)),
});

/** The message never left: neither the code nor its place in the limits remains, and the one before it is back. */
export const forgetSend = (state: PhoneGateState, messageId: string): PhoneGateState => {
  const unsent = state.codes.find((code) => code.messageId === messageId);
  if (unsent === undefined) return state;
  const place = state.sentAt.indexOf(unsent.sentAt);
  const { holder, attempts, earlier, replaced } = unsent;
  const back: PendingCode[] =
    earlier === undefined ? [] : [{ ...earlier, holder, attempts, usedBy: null, smsAsked: true }];
  // Guesses at the one that did not leave count: trying again is no way to more of them.
  if (replaced !== undefined) back.push({ ...replaced, attempts: Math.max(replaced.attempts, attempts) });
  return {
    sentAt: place < 0 ? state.sentAt : state.sentAt.toSpliced(place, 1),
    codes: [...state.codes.filter((code) => code.messageId !== messageId), ...back],
  };
};

export type AttemptRefusal = "none" | "expired" | "used" | "too_many";

export type AttemptDecision =
  | { readonly kind: "compare"; readonly codes: readonly SentCode[]; readonly state: PhoneGateState }
  | { readonly kind: AttemptRefusal };

/** The attempt is counted before the code is looked at, so that guesses sent at once are counted one by one. */
export const beginAttempt = (
  state: PhoneGateState,
  ask: { readonly now: number; readonly holder: string; readonly session: string },
): AttemptDecision => {
  const code = prune(state, ask.now).codes.find((held) => held.holder === ask.holder);
  if (code === undefined) return { kind: "none" };
  if (code.usedBy !== null && code.usedBy !== ask.session) return { kind: "used" };
  if (ask.now >= code.sentAt + OTP.lifeMs) return { kind: "expired" };
  if (code.attempts >= OTP.attempts) return { kind: "too_many" };
  const counted = { ...code, attempts: code.attempts + 1 };
  const codes = [sentPart(code), ...(code.earlier === undefined ? [] : [code.earlier])];
  return {
    kind: "compare",
    codes: codes.filter(({ sentAt }) => ask.now < sentAt + OTP.lifeMs),
    state: replace(state, code.messageId, counted),
  };
};

export type AttemptOutcome =
  | { readonly kind: "right"; readonly messageId: string; readonly state: PhoneGateState }
  | { readonly kind: "wrong"; readonly attemptsLeft: number }
  | { readonly kind: "none" | "used" };

/**
 * `state` is read again after the comparison: meanwhile the code may have been replaced or used. `compared` is what was
 * looked at, `matched` the one of it that was typed.
 */
export const finishAttempt = (
  state: PhoneGateState,
  tried: { readonly compared: readonly string[]; readonly matched: string | null; readonly session: string },
): AttemptOutcome => {
  const wanted = tried.matched === null ? tried.compared : [tried.matched];
  const code = state.codes.find((held) => wanted.some((id) => carries(held, id)));
  if (code === undefined) return { kind: "none" };
  if (tried.matched === null)
    return { kind: "wrong", attemptsLeft: Math.max(0, OTP.attempts - code.attempts) };
  if (code.usedBy !== null && code.usedBy !== tried.session) return { kind: "used" };
  const right = code.earlier?.messageId === tried.matched ? code.earlier : sentPart(code);
  // A right code gives its attempt back, so that the same session may repeat it after a lost reply.
  const used = { ...right, holder: code.holder, attempts: code.attempts - 1, usedBy: tried.session };
  return { kind: "right", messageId: right.messageId, state: replace(state, code.messageId, used) };
};

const prune = (state: PhoneGateState, now: number): PhoneGateState => ({
  sentAt: state.sentAt.filter((at) => now < at + OTP.dayMs),
  codes: state.codes.filter((code) => now < code.sentAt + OTP.dayMs),
});

const isTypable = (code: PendingCode, now: number): boolean =>
  code.usedBy === null && code.attempts < OTP.attempts && now < code.sentAt + OTP.lifeMs;

const sentPart = ({ messageId, salt, mac, sentAt, by }: SentCode): SentCode => ({
  messageId,
  salt,
  mac,
  sentAt,
  ...(by === undefined ? {} : { by }),
});

/** Without what it replaced itself: one code comes back, not a chain of them. */
const plain = ({ holder, attempts, usedBy, earlier, smsAsked, ...sent }: PendingCode): PendingCode => ({
  ...sentPart(sent),
  holder,
  attempts,
  usedBy,
  ...(earlier === undefined ? {} : { earlier }),
  ...(smsAsked === undefined ? {} : { smsAsked }),
});

const carries = (code: PendingCode, messageId: string): boolean =>
  code.messageId === messageId || code.earlier?.messageId === messageId;

const replace = (state: PhoneGateState, messageId: string, code: PendingCode): PhoneGateState => ({
  ...state,
  codes: state.codes.map((other) => (other.messageId === messageId ? code : other)),
});
