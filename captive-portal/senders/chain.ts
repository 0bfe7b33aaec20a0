// Zalo first, because nearly every shopper has it; SMS when Zalo refuses, fails or says nothing for 10 s, and at once
// when the shopper wants it. Both carry the same code, so that a late message by Zalo is good too.

import type { CodeMessage, CodeSender, SendOutcome } from "../ports.ts";
import type { ZaloLeg, ZnsOutcome } from "./zns.ts";
import { type ZnsTrouble, passes } from "./zns-codes.ts";

const SILENCE_MS = 10_000;
const RETRY_MS = 30_000;

export interface ChainParts {
  readonly zalo: ZaloLeg;
  /** Null: codes go by Zalo only. */
  readonly sms: CodeSender | null;
  /** Told each time a code could not go by Zalo; `code` is Zalo's own. Must not throw. */
  readonly told: (trouble: ZnsTrouble, code: number | null, messageId: string) => void;
  /** Broken infrastructure on our side. Must not throw. */
  readonly report: (error: unknown) => void;
  readonly silenceMs?: number;
}

export const chainSender = ({ zalo, sms, told, report, silenceMs }: ChainParts): CodeSender => ({
  reach: "remote",
  canSms: sms !== null,
  sendCode: async (message) => {
    if (sms !== null && message.via === "sms") return bySms(sms, message);
    const signal = AbortSignal.timeout(silenceMs ?? SILENCE_MS);
    const outcome = await Promise.race([attempt(zalo, message, signal, report), silence(signal)]);
    if (outcome.kind === "done") return { kind: "done", localCode: null, by: "zalo" };
    told(outcome.trouble, outcome.code, message.messageId);
    return sms === null ? withoutSms(outcome.trouble) : bySms(sms, message);
  },
});

const attempt = (
  zalo: ZaloLeg,
  message: CodeMessage,
  signal: AbortSignal,
  report: (error: unknown) => void,
): Promise<ZnsOutcome> =>
  zalo.send(message, signal).catch((error: unknown): ZnsOutcome => {
    report(error);
    return { kind: "failed", trouble: "unreachable", code: null };
  });

/** The wait for an access token knows no signal, so the race is ended here. */
const silence = (signal: AbortSignal): Promise<ZnsOutcome> =>
  new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve({ kind: "failed", trouble: "silent", code: null }), {
      once: true,
    });
  });

const bySms = async (sms: CodeSender, message: CodeMessage): Promise<SendOutcome> => {
  const outcome = await sms.sendCode(message);
  return outcome.kind === "done" ? { ...outcome, by: "sms" } : outcome;
};

const withoutSms = (trouble: ZnsTrouble): SendOutcome =>
  passes(trouble)
    ? { kind: "retry", afterMs: RETRY_MS }
    : { kind: "refuse", reason: `Zalo does not reach this number: ${trouble}` };
