// One request for a code through three gates: the phone's, the device's and the branch's. What a gate gave is given
// back when a later one refuses, so that nobody's limit is used up by a message that was never sent.

import type { SendDecision, SendIntent, SentBy } from "./phone-gate.ts";
import type { OtpCaps } from "./policy.ts";

export interface PhoneLimits {
  peek(ask: { now: number; holder: string; intent: SendIntent }): Promise<SendDecision>;
  request(ask: {
    now: number;
    holder: string;
    intent: SendIntent;
    code: string;
    salt: string;
    messageId: string;
  }): Promise<SendDecision>;
}

export interface DailyLimits {
  /** Null: taken. Otherwise the time from which one may be taken again. */
  take(now: number, limit: number): Promise<number | null>;
  giveBack(takenAt: number): Promise<void>;
}

export interface OtpGates {
  readonly phone: PhoneLimits;
  /** Null where the gateway does not name the device; the branch's cap holds alone then. */
  readonly device: DailyLimits | null;
  readonly branch: DailyLimits;
}

export interface CodeRequest {
  readonly now: number;
  readonly holder: string;
  readonly intent: SendIntent;
  /** Random, made by the caller: six digits, at least 16 bytes of salt, a new id. */
  readonly code: string;
  readonly salt: string;
  readonly messageId: string;
}

export type CodeRequestOutcome =
  | { readonly kind: "send" }
  | { readonly kind: "pending"; readonly expiresAt: number; readonly by: SentBy | null }
  | { readonly kind: "limited"; readonly by: "phone" | "device" | "branch"; readonly retryAt: number };

export const requestCode = async (
  gates: OtpGates,
  ask: CodeRequest,
  caps: OtpCaps,
): Promise<CodeRequestOutcome> => {
  // Looked at first, so that resuming costs nothing and a refused phone takes nothing from the device.
  const first = await gates.phone.peek({ now: ask.now, holder: ask.holder, intent: ask.intent });
  if (first.kind !== "send") return byPhone(first);
  const deviceRetryAt = gates.device === null ? null : await gates.device.take(ask.now, caps.perDevice);
  if (deviceRetryAt !== null) return { kind: "limited", by: "device", retryAt: deviceRetryAt };
  const branchRetryAt = await gates.branch.take(ask.now, caps.perBranch);
  if (branchRetryAt !== null) {
    await gates.device?.giveBack(ask.now);
    return { kind: "limited", by: "branch", retryAt: branchRetryAt };
  }
  const last = await gates.phone.request(ask);
  if (last.kind !== "send")
    await Promise.all([gates.device?.giveBack(ask.now), gates.branch.giveBack(ask.now)]);
  return byPhone(last);
};

const byPhone = (decision: SendDecision): CodeRequestOutcome =>
  decision.kind === "limited" ? { ...decision, by: "phone" } : decision;
