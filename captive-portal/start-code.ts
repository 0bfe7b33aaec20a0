// Gets a code on its way to a phone and says what the page that asks for it must know. A code whose message did not leave
// is taken back, so that it neither counts nor waits for somebody who never got it.

import type { PhoneNumber } from "../schema/phone.ts";
import { copyFor } from "./copy/copy.ts";
import type { GatewayId } from "../schema/ids.ts";
import type { Language } from "./language.ts";
import type { PortalOptions, Visit } from "./options.ts";
import type { CodeAsk, CodeIssue, CodeMessage, SendIntent, SendOutcome } from "./ports.ts";
import type { SentCode } from "./session.ts";

export type CodeStart =
  | { readonly kind: "started"; readonly code: SentCode }
  | {
      readonly kind: "refused";
      readonly text: string;
      readonly status: 422 | 429 | 503;
      readonly retryAfterMs: number;
    };

const REFUSED_RETRY_MS = 60_000;

/** Who asks: the phone and the page's language; refusals are counted for the gateway, if there is one. */
export interface CodeAsking {
  readonly ask: CodeAsk;
  readonly language: Language;
  readonly gatewayId: GatewayId | null;
  /** Whether one may go on without a code. */
  readonly guestPass: boolean;
}

export const startCode = async (
  options: PortalOptions,
  asking: CodeAsking,
  wish: { readonly intent: SendIntent; readonly via: CodeMessage["via"] },
): Promise<CodeStart> => {
  const { ports } = options;
  const { ask, language, gatewayId } = asking;
  const { phone, now } = ask;
  const copy = copyFor(language);
  const or = asking.guestPass ? copy.orGuest : "";
  const issue = await ports.codes.issue({ ...ask, intent: wish.intent });
  switch (issue.kind) {
    case "pending": {
      const { expiresAt, by } = issue;
      return { kind: "started", code: { phone, expiresAt, sent: "resumed", by, localCode: null } };
    }
    case "limited": {
      ports.refusals.count(`limited_${issue.by}`, gatewayId);
      const retryAfterMs = Math.max(1_000, issue.retryAt - now);
      const text = copy.limited(issue.by, copy.wait(retryAfterMs), or);
      return { kind: "refused", text, status: 429, retryAfterMs };
    }
    case "send": {
      const outcome = await send(options, { asking, issue, via: wish.via });
      if (outcome.kind === "done") {
        const { expiresAt } = issue;
        const { by, localCode } = outcome;
        return { kind: "started", code: { phone, expiresAt, sent: "now", by, localCode } };
      }
      const retried = outcome.kind === "retry";
      ports.refusals.count(retried ? "sender_retry" : "sender_refused", gatewayId);
      const text = wish.intent === "by_sms" ? copy.code.smsFailed(or) : null;
      return retried
        ? { kind: "refused", text: text ?? copy.senderRetry(or), status: 503, retryAfterMs: outcome.afterMs }
        : {
            kind: "refused",
            text: text ?? copy.senderRefused(or),
            status: 422,
            retryAfterMs: REFUSED_RETRY_MS,
          };
    }
  }
};

export const codeAsk = ({ gateway, session, now }: Visit, phone: PhoneNumber): CodeAsk => ({
  phone,
  device: session.device,
  sessionId: session.id,
  branchId: gateway.branchId,
  now,
});

export const codeAsking = (visit: Visit, phone: PhoneNumber): CodeAsking => ({
  ask: codeAsk(visit, phone),
  language: visit.language,
  gatewayId: visit.gateway.id,
  guestPass: visit.gateway.policy.guestPass,
});

interface Sending {
  readonly asking: CodeAsking;
  readonly issue: Extract<CodeIssue, { readonly kind: "send" }>;
  readonly via: CodeMessage["via"];
}

const send = async (
  { ports, report }: PortalOptions,
  { asking: { ask, language }, issue, via }: Sending,
): Promise<SendOutcome> => {
  const { messageId, code, expiresAt } = issue;
  const { phone, now } = ask;
  const message = { messageId, code, expiresAt, phone, language, via, now };
  const outcome = await ports.sender.sendCode(message).catch((error: unknown): SendOutcome => {
    report(error);
    return { kind: "retry", afterMs: 30_000 };
  });
  if (outcome.kind !== "done") await ports.codes.forget({ ...ask, messageId });
  // Only a hint for the next tap: the message is on its way whether it can be noted or not.
  else if (outcome.by !== "other")
    await ports.codes.noteWay({ ...ask, messageId, by: outcome.by }).catch(report);
  return outcome;
};
