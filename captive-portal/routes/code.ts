// The second page: the code is typed, checked, and what was proven and chosen is committed before anything is granted.

import type { Context, Hono } from "hono";
import { maskPhone } from "../../schema/phone.ts";
import { commitSignIn } from "../commit-sign-in.ts";
import { copyFor } from "../copy/copy.ts";
import { moveOn } from "../move-on.ts";
import type { PortalEnv, PortalOptions } from "../options.ts";
import { CodePage } from "../pages/code-page.tsx";
import type { FieldError } from "../pages/error-summary.tsx";
import { type PageOf, respond } from "../respond.ts";
import { refusalOfCode } from "../refusal-of-code.ts";
import { judgeCode } from "../judge-code.ts";
import { readCode } from "../read-code.ts";
import type { Step } from "../session.ts";
import { codeAsk, codeAsking, startCode } from "../start-code.ts";

const MINUTE = 60_000;

type Elsewhere = Extract<Step, { readonly at: "elsewhere" }>;

export const codeRoutes = (app: Hono<PortalEnv>, options: PortalOptions): void => {
  const { ports } = options;

  const showCode = async (
    c: Context<PortalEnv>,
    error: FieldError | null,
    reply: Pick<PageOf, "status" | "retryAfterMs"> = {},
  ): Promise<Response> => {
    const { gateway, session, language, now, path } = c.get("visit");
    const { step } = session;
    if (step.at !== "code") return c.redirect(path, 303);
    return respond(c, options, { brand: gateway.brand, language, here: `${path}/code`, ...reply }, (frame) =>
      CodePage({
        frame,
        session: path,
        formToken: session.formToken,
        maskedPhone: maskPhone(step.phone),
        sent: step.sent,
        by: step.by,
        submit: copyFor(language).code.submit,
        guestPass: gateway.policy.guestPass,
        offerSms: step.by === "zalo" && ports.sender.canSms,
        local: ports.sender.reach === "local",
        minutesLeft: Math.ceil((step.expiresAt - now) / MINUTE),
        localCode: step.localCode,
        errors: error === null ? [] : [error],
      }),
    );
  };

  app.get("/w/:gatewayId/s/:sessionId/code", async (c) => {
    const { session, language } = c.get("visit");
    if (session.language !== language) await ports.sessions.save({ ...session, language });
    return showCode(c, null);
  });

  app.post("/w/:gatewayId/s/:sessionId/code", async (c) => {
    const visit = c.get("visit");
    const { step } = visit.session;
    const code = readCode(c.get("form"));
    if (step.at === "elsewhere" && code !== null) return repeat(c, step, code);
    if (step.at !== "code") return c.redirect(visit.path, 303);
    const judged = await judgeCode(options, codeAsking(visit, step.phone), c.get("form"));
    return judged.kind === "right"
      ? commit(c, judged.messageId)
      : showCode(c, { field: "code", text: judged.text }, { status: 422 });
  });

  /** The answer got lost or the button was tapped twice: the same code leads on once more. */
  const repeat = async (
    c: Context<PortalEnv>,
    { phone, nextId }: Elsewhere,
    code: string,
  ): Promise<Response> => {
    const visit = c.get("visit");
    if (phone === null) return c.redirect(visit.path, 303);
    const verdict = await ports.codes.verify({ ...codeAsk(visit, phone), code });
    const refusal = refusalOfCode(verdict);
    if (refusal !== null) ports.refusals.count(refusal, visit.gateway.id);
    return c.redirect(refusal === null ? `/w/${visit.gateway.id}/s/${nextId}` : visit.path, 303);
  };

  const commit = async (c: Context<PortalEnv>, messageId: string): Promise<Response> => {
    const visit = c.get("visit");
    const { step } = visit.session;
    if (step.at !== "code") return c.redirect(visit.path, 303);
    const { phone, choices } = step;
    const person = { kind: "phone", phone } as const;
    const proof = { kind: "otp", messageId } as const;
    const committed = await commitSignIn(options, visit, { person, proof, choices });
    if (committed.kind === "retry") {
      const error = { field: "code", text: copyFor(visit.language).ledgerRetry } as const;
      return showCode(c, error, { status: 503, retryAfterMs: committed.afterMs });
    }
    return moveOn(c, options, { step: committed.step, proof, phone });
  };

  const resend = async (c: Context<PortalEnv>, intent: "again" | "by_sms"): Promise<Response> => {
    const visit = c.get("visit");
    const { step } = visit.session;
    if (step.at !== "code") return c.redirect(visit.path, 303);
    const { phone, choices } = step;
    // Whoever got the last one by SMS gets the next one so too.
    const via = intent === "by_sms" || step.by === "sms" ? "sms" : "any";
    const started = await startCode(options, codeAsking(visit, phone), { intent, via });
    if (started.kind === "started") {
      await ports.sessions.save({ ...visit.session, step: { at: "code", choices, ...started.code } });
      return c.redirect(`${visit.path}/code`, 303);
    }
    const { text, status, retryAfterMs } = started;
    return showCode(c, { field: null, text }, { status, retryAfterMs });
  };

  app.post("/w/:gatewayId/s/:sessionId/code/again", (c) => resend(c, "again"));
  app.post("/w/:gatewayId/s/:sessionId/code/sms", (c) => resend(c, "by_sms"));
};
