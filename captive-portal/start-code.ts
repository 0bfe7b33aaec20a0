// Gets a code on its way to a phone and the session to the step where it is typed. A code whose message did not leave
// is taken back, so that it neither counts nor waits for somebody who never got it.

import type { PhoneNumber } from "../schema/phone.ts";
import { copyFor } from "./copy/copy.ts";
import type { PortalOptions, Visit } from "./options.ts";
import type { CodeAsk, CodeIssue, SendOutcome } from "./ports.ts";
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
    readonly intent: "resume" | "again";
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
      const step = { ...next, expiresAt: issue.expiresAt, sent: "resumed" as const, localCode: null };
      await saveStep(options, session, step);
      return { kind: "started" };
    }
    case "limited": {
      ports.refusals.count(`limited_${issue.by}`, gateway.id);
      const retryAfterMs = Math.max(1_000, issue.retryAt - now);
      const text = copy.limited(issue.by, copy.wait(retryAfterMs));
      return { kind: "refused", text, status: 429, retryAfterMs };
    }
    case "send": {
      const outcome = await send(options, { visit, ask, issue });
      if (outcome.kind === "done") {
        const { expiresAt } = issue;
        await saveStep(options, session, { ...next, expiresAt, sent: "now", localCode: outcome.localCode });
        return { kind: "started" };
      }
      const retried = outcome.kind === "retry";
      ports.refusals.count(retried ? "sender_retry" : "sender_refused", gateway.id);
      return retried
        ? { kind: "refused", text: copy.senderRetry, status: 503, retryAfterMs: outcome.afterMs }
        : { kind: "refused", text: copy.senderRefused, status: 422, retryAfterMs: REFUSED_RETRY_MS };
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

const send = async (
  { ports, report }: PortalOptions,
  { visit, ask, issue }: { visit: Visit; ask: CodeAsk; issue: Extract<CodeIssue, { readonly kind: "send" }> },
): Promise<SendOutcome> => {
  const { messageId, code, expiresAt } = issue;
  const message = { messageId, code, expiresAt, phone: ask.phone, language: visit.language, now: ask.now };
  const outcome = await ports.sender.sendCode(message).catch((error: unknown): SendOutcome => {
    report(error);
    return { kind: "retry", afterMs: 30_000 };
  });
  if (outcome.kind !== "done") await ports.codes.forget({ ...ask, messageId });
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
