// Adds a phone to who signed in with Zalo: both proven in one session are one person's. The phone is proven as anywhere,
// by a code; nothing is said about whether it is known.

import type { Context, Hono } from "hono";
import { maskPhone, parsePhone } from "../../schema/phone.ts";
import { copyFor } from "../copy/copy.ts";
import { judgeCode } from "../judge-code.ts";
import type { PortalEnv, PortalOptions } from "../options.ts";
import { CodePage } from "../pages/code-page.tsx";
import type { FieldError } from "../pages/error-summary.tsx";
import { AddPhonePage } from "../pages/own/add-phone-page.tsx";
import { type PageOf, respond } from "../respond.ts";
import { startCode } from "../start-code.ts";
import { askingOf } from "./routes-prove.ts";
import type { OwnStep } from "./session.ts";

const MINUTE = 60_000;

type Adding = Extract<OwnStep, { readonly at: "adding" }>;
type Reply = Pick<PageOf, "status" | "retryAfterMs">;

export const ownAddRoutes = (app: Hono<PortalEnv>, options: PortalOptions): void => {
  const { ports } = options;

  const showForm = (
    c: Context<PortalEnv>,
    phone: string,
    error: string | null,
    reply: Reply = {},
  ): Promise<Response> => {
    const { session, brand, language, path } = c.get("own");
    const errors: FieldError[] = error === null ? [] : [{ field: "phone", text: error }];
    return respond(c, options, { brand, language, here: `${path}/add`, ...reply }, (frame) =>
      AddPhonePage({ frame, session: path, formToken: session.formToken, phone, errors }),
    );
  };

  const showCode = (
    c: Context<PortalEnv>,
    step: Adding,
    error: FieldError | null,
    reply: Reply = {},
  ): Promise<Response> => {
    const { session, brand, language, now, path } = c.get("own");
    return respond(c, options, { brand, language, here: `${path}/add/code`, ...reply }, (frame) =>
      CodePage({
        frame,
        session: `${path}/add`,
        formToken: session.formToken,
        maskedPhone: maskPhone(step.phone),
        sent: step.sent,
        by: step.by,
        guestPass: false,
        submit: copyFor(language).own.add.submit,
        offerSms: step.by === "zalo" && ports.sender.canSms,
        local: ports.sender.reach === "local",
        minutesLeft: Math.ceil((step.expiresAt - now) / MINUTE),
        localCode: step.localCode,
        errors: error === null ? [] : [error],
      }),
    );
  };

  /** Null: nobody who could add a phone is here. */
  const whoAdds = (c: Context<PortalEnv>): Pick<Adding, "person" | "proof"> | null => {
    const { step } = c.get("own").session;
    if (step.at !== "proven" && step.at !== "adding") return null;
    return step.person.kind === "zalo" ? { person: step.person, proof: step.proof } : null;
  };

  const send = async (
    c: Context<PortalEnv>,
    phone: Adding["phone"],
    wish: Parameters<typeof startCode>[2],
    refused: (text: string, reply: Reply) => Promise<Response>,
  ): Promise<Response> => {
    const visit = c.get("own");
    const who = whoAdds(c);
    if (who === null) return c.redirect(visit.path, 303);
    const started = await startCode(options, askingOf(visit, phone), wish);
    if (started.kind === "refused") {
      const { text, status, retryAfterMs } = started;
      return refused(text, { status, retryAfterMs });
    }
    await ports.own.save({ ...visit.session, step: { at: "adding", ...who, ...started.code } });
    return c.redirect(`${visit.path}/add/code`, 303);
  };

  app.get("/me/s/:sessionId/add", async (c) =>
    whoAdds(c) === null ? c.redirect(c.get("own").path, 303) : showForm(c, "", null),
  );

  app.post("/me/s/:sessionId/add", async (c) => {
    const { session, language, path } = c.get("own");
    if (whoAdds(c) === null) return c.redirect(path, 303);
    const typed = (c.get("form").get("phone") ?? "").slice(0, 60);
    const parsed = parsePhone(typed);
    if (!parsed.ok) {
      ports.refusals.count("phone_refused", session.from);
      return showForm(c, typed, copyFor(language).phoneRefused[parsed.reason], { status: 422 });
    }
    return send(c, parsed.phone, { intent: "resume", via: "any" }, (text, reply) =>
      showForm(c, typed, text, reply),
    );
  });

  const adding =
    (act: (c: Context<PortalEnv>, step: Adding) => Promise<Response>) =>
    async (c: Context<PortalEnv>): Promise<Response> => {
      const { session, path } = c.get("own");
      return session.step.at === "adding" ? act(c, session.step) : c.redirect(path, 303);
    };

  app.get(
    "/me/s/:sessionId/add/code",
    adding((c, step) => showCode(c, step, null)),
  );

  const resend = (intent: "again" | "by_sms") =>
    adding((c, step) => {
      const via = intent === "by_sms" || step.by === "sms" ? "sms" : "any";
      return send(c, step.phone, { intent, via }, (text, reply) =>
        showCode(c, step, { field: null, text }, reply),
      );
    });
  app.post("/me/s/:sessionId/add/code/again", resend("again"));
  app.post("/me/s/:sessionId/add/code/sms", resend("by_sms"));

  app.post(
    "/me/s/:sessionId/add/code",
    adding(async (c, step) => {
      const visit = c.get("own");
      const { session, language, now, path } = visit;
      const judged = await judgeCode(options, askingOf(visit, step.phone), c.get("form"));
      if (judged.kind === "refused")
        return showCode(c, step, { field: "code", text: judged.text }, { status: 422 });
      const { person, proof } = step;
      const outcome = await ports.rights.join(
        person,
        { kind: "phone", phone: step.phone },
        { id: judged.messageId, now },
      );
      if (outcome.kind === "unknown") ports.refusals.count("details_refused", session.from);
      // After a conflict what stands is drawn; the evidence is there in any case.
      await ports.own.save({ ...session, step: { at: "proven", person, proof } });
      return c.redirect(outcome.kind === "joined" ? `${path}?done=added` : `${path}?lang=${language}`, 303);
    }),
  );
};
