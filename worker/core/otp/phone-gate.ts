// The decisions about one phone's codes: may another be sent, is there one to type, may this attempt be made.
// Holders (a device, or a session where the gateway names none) never share a code, and one cannot void another's.

import { OTP } from "./policy.ts";

export interface PendingCode {
  readonly holder: string;
  /** Names the message that carries the code; later the proof in the consent record. */
  readonly messageId: string;
  /** HMAC-SHA-256(salt, code), both base64url; the salt is random and new for each code. */
  readonly salt: string;
  readonly mac: string;
  readonly sentAt: number;
  readonly attempts: number;
  /** The session that typed it right. It may do so again (a reply got lost); nobody else may. */
  readonly usedBy: string | null;
}

export interface PhoneGateState {
  readonly sentAt: readonly number[];
  readonly codes: readonly PendingCode[];
}

export const EMPTY_GATE: PhoneGateState = { sentAt: [], codes: [] };

/** `resume` is content with a code that is still on its way; `again` is the shopper's own wish for a new one. */
export type SendIntent = "resume" | "again";

export type SendDecision =
  | { readonly kind: "send" }
  | { readonly kind: "pending"; readonly expiresAt: number }
  | { readonly kind: "limited"; readonly retryAt: number };

export const decideSend = (
  state: PhoneGateState,
  ask: { readonly now: number; readonly holder: string; readonly intent: SendIntent },
): SendDecision => {
  const { sentAt, codes } = prune(state, ask.now);
  const held = codes.find((code) => code.holder === ask.holder);
  if (ask.intent === "resume" && held !== undefined && isTypable(held, ask.now)) {
    return { kind: "pending", expiresAt: held.sentAt + OTP.lifeMs };
  }
  const latest = Math.max(...sentAt);
  if (sentAt.length >= OTP.sendsPerDay) return { kind: "limited", retryAt: Math.min(...sentAt) + OTP.dayMs };
  if (ask.now < latest + OTP.betweenSendsMs) return { kind: "limited", retryAt: latest + OTP.betweenSendsMs };
  return { kind: "send" };
};

export type NewCode = Pick<PendingCode, "holder" | "messageId" | "salt" | "mac" | "sentAt">;

/** The new code takes the place of the holder's older one. */
export const recordSend = (state: PhoneGateState, code: NewCode): PhoneGateState => {
  const { sentAt, codes } = prune(state, code.sentAt);
  const others = codes.filter((other) => other.holder !== code.holder);
  return { sentAt: [...sentAt, code.sentAt], codes: [...others, { ...code, attempts: 0, usedBy: null }] };
};

/** The message never left: neither the code nor its place in the limits remains. */
export const forgetSend = (state: PhoneGateState, messageId: string): PhoneGateState => {
  const unsent = state.codes.find((code) => code.messageId === messageId);
  if (unsent === undefined) return state;
  const place = state.sentAt.indexOf(unsent.sentAt);
  return {
    sentAt: place < 0 ? state.sentAt : state.sentAt.toSpliced(place, 1),
    codes: state.codes.filter((code) => code.messageId !== messageId),
  };
};

export type AttemptRefusal = "none" | "expired" | "used" | "too_many";

export type AttemptDecision =
  | { readonly kind: "compare"; readonly code: PendingCode; readonly state: PhoneGateState }
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
  return { kind: "compare", code: counted, state: replace(state, counted) };
};

export type AttemptOutcome =
  | { readonly kind: "right"; readonly messageId: string; readonly state: PhoneGateState }
  | { readonly kind: "wrong"; readonly attemptsLeft: number }
  | { readonly kind: "none" | "used" };

/** `state` is read again after the comparison: meanwhile the code may have been replaced or used. */
export const finishAttempt = (
  state: PhoneGateState,
  tried: { readonly messageId: string; readonly session: string; readonly matches: boolean },
): AttemptOutcome => {
  const code = state.codes.find((held) => held.messageId === tried.messageId);
  if (code === undefined) return { kind: "none" };
  if (!tried.matches) return { kind: "wrong", attemptsLeft: OTP.attempts - code.attempts };
  if (code.usedBy !== null && code.usedBy !== tried.session) return { kind: "used" };
  // A right code gives its attempt back, so that the same session may repeat it after a lost reply.
  const used = { ...code, attempts: code.attempts - 1, usedBy: tried.session };
  return { kind: "right", messageId: code.messageId, state: replace(state, used) };
};

const prune = (state: PhoneGateState, now: number): PhoneGateState => ({
  sentAt: state.sentAt.filter((at) => now < at + OTP.dayMs),
  codes: state.codes.filter((code) => now < code.sentAt + OTP.dayMs),
});

const isTypable = (code: PendingCode, now: number): boolean =>
  code.usedBy === null && code.attempts < OTP.attempts && now < code.sentAt + OTP.lifeMs;

const replace = (state: PhoneGateState, code: PendingCode): PhoneGateState => ({
  ...state,
  codes: state.codes.map((other) => (other.messageId === code.messageId ? code : other)),
});
