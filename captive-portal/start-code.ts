// Gets a code on its way to a phone and the session to the step where it is typed. A code whose message did not leave
// is taken back, so that it neither counts nor waits for somebody who never got it.

import type { PhoneNumber } from "../schema/phone.ts";
import { copyFor } from "./copy/copy.ts";
import type { PortalOptions, Visit } from "./options.ts";
import type { CodeAsk, CodeIssue, CodeMessage, SendIntent, SendOutcome } from "./ports.ts";
import type { Choice, PortalSession } from "./session.ts";

export type CodeStart =
  | { readonly kind: "started" }
  | {
      readonly kind: "refused";
      readonly text: string;
      readonly status: 422 | 429 | 503;
      readonly retryAfterMs: number;
    };

const REFUSED_RETRY_MS = 60_000;

export const startCode = async (
  options: PortalOptions,
  visit: Visit,
  wish: {
    readonly phone: PhoneNumber;
    readonly choices: readonly Choice[];
    readonly intent: SendIntent;
    readonly via: CodeMessage["via"];
  },
): Promise<CodeStart> => {
  const { ports } = options;
  const { gateway, session, language, now } = visit;
  const copy = copyFor(language);
  const ask: CodeAsk = codeAsk(visit, wish.phone);
  const issue = await ports.codes.issue({ ...ask, intent: wish.intent });
  const next = { at: "code" as const, phone: wish.phone, choices: wish.choices };
  switch (issue.kind) {
    case "pending": {
      const { expiresAt, by } = issue;
      await saveStep(options, session, { ...next, expiresAt, sent: "resumed", by, localCode: null });
      return { kind: "started" };
    }
    case "limited": {
      ports.refusals.count(`limited_${issue.by}`, gateway.id);
      const retryAfterMs = Math.max(1_000, issue.retryAt - now);
      const text = copy.limited(issue.by, copy.wait(retryAfterMs));
      return { kind: "refused", text, status: 429, retryAfterMs };
    }
    case "send": {
      const outcome = await send(options, { visit, ask, issue, via: wish.via });
      if (outcome.kind === "done") {
        const { expiresAt } = issue;
        const { by, localCode } = outcome;
        await saveStep(options, session, { ...next, expiresAt, sent: "now", by, localCode });
        return { kind: "started" };
      }
      const retried = outcome.kind === "retry";
      ports.refusals.count(retried ? "sender_retry" : "sender_refused", gateway.id);
      const text = wish.intent === "by_sms" ? copy.code.smsFailed : null;
      return retried
        ? { kind: "refused", text: text ?? copy.senderRetry, status: 503, retryAfterMs: outcome.afterMs }
        : { kind: "refused", text: text ?? copy.senderRefused, status: 422, retryAfterMs: REFUSED_RETRY_MS };
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

interface Sending {
  readonly visit: Visit;
  readonly ask: CodeAsk;
  readonly issue: Extract<CodeIssue, { readonly kind: "send" }>;
  readonly via: CodeMessage["via"];
}

const send = async (
  { ports, report }: PortalOptions,
  { visit, ask, issue, via }: Sending,
): Promise<SendOutcome> => {
  const { messageId, code, expiresAt } = issue;
  const { phone, now } = ask;
  const message = { messageId, code, expiresAt, phone, language: visit.language, via, now };
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

/** After a conflict the other request's step stands; the page that is drawn next follows it. */
const saveStep = async (
  { ports }: PortalOptions,
  session: PortalSession,
  step: PortalSession["step"],
): Promise<void> => {
  await ports.sessions.save({ ...session, step });
};
