// The door of `/me`: a phone and its code. Nothing is shown before, and the answer is the same for every number.

import type { Context, Hono } from "hono";
import { parsePhone, maskPhone } from "../../schema/phone.ts";
import { copyFor } from "../copy/copy.ts";
import type { PortalEnv, PortalOptions } from "../options.ts";
import { CodePage } from "../pages/code-page.tsx";
import type { FieldError } from "../pages/error-summary.tsx";
import { AskPage } from "../pages/own/ask-page.tsx";
import { type PageOf, languageOf, respond } from "../respond.ts";
import { type CodeAsking, startCode } from "../start-code.ts";
import { refusalOfCode } from "../refusal-of-code.ts";
import { judgeCode } from "../judge-code.ts";
import { readCode } from "../read-code.ts";
import type { OwnStep } from "./session.ts";
import type { OwnVisit } from "./visit.ts";

const MINUTE = 60_000;

type Elsewhere = Extract<OwnStep, { readonly at: "elsewhere" }>;

export const askingOf = (
  { session, language, now }: OwnVisit,
  phone: CodeAsking["ask"]["phone"],
): CodeAsking => ({
  // No device: a code for this page is of no use on a store's page, and the other way round.
  ask: { phone, device: null, sessionId: session.id, branchId: null, now },
  language,
  gatewayId: session.from,
  guestPass: false,
});

export const ownProveRoutes = (app: Hono<PortalEnv>, options: PortalOptions): void => {
  const { ports } = options;

  app.get("/me", async (c) => {
    const from = c.req.query("from") ?? null;
    const gateway = from === null ? null : await ports.gateways.find(from);
    const session = await ports.own.open({
      from: gateway?.id ?? null,
      device: null,
      language: languageOf(c),
      step: { at: "asking" },
      now: options.clock(c.req.raw),
    });
    return c.redirect(`/me/s/${session.id}`, 303);
  });

  const showAsk = (
    c: Context<PortalEnv>,
    phone: string,
    error: string | null,
    reply: Pick<PageOf, "status" | "retryAfterMs"> = {},
  ): Promise<Response> => {
    const { session, brand, language, path } = c.get("own");
    const errors: FieldError[] = error === null ? [] : [{ field: "phone", text: error }];
    return respond(c, options, { brand, language, here: path, ...reply }, (frame) =>
      AskPage({
        frame,
        session: path,
        formToken: session.formToken,
        phone,
        zalo: ports.zalo !== null,
        errors,
      }),
    );
  };

  const showCode = async (
    c: Context<PortalEnv>,
    error: FieldError | null,
    reply: Pick<PageOf, "status" | "retryAfterMs"> = {},
  ): Promise<Response> => {
    const { session, brand, language, now, path } = c.get("own");
    const { step } = session;
    if (step.at !== "code") return c.redirect(path, 303);
    return respond(c, options, { brand, language, here: `${path}/code`, ...reply }, (frame) =>
      CodePage({
        frame,
        session: path,
        formToken: session.formToken,
        maskedPhone: maskPhone(step.phone),
        sent: step.sent,
        by: step.by,
        guestPass: false,
        submit: copyFor(language).own.confirm,
        offerSms: step.by === "zalo" && ports.sender.canSms,
        local: ports.sender.reach === "local",
        minutesLeft: Math.ceil((step.expiresAt - now) / MINUTE),
        localCode: step.localCode,
        errors: error === null ? [] : [error],
      }),
    );
  };

  /** Leads to the code, or says on the page why none was sent. */
  const send = async (
    c: Context<PortalEnv>,
    phone: CodeAsking["ask"]["phone"],
    wish: Parameters<typeof startCode>[2],
    refused: (text: string, reply: Pick<PageOf, "status" | "retryAfterMs">) => Promise<Response>,
  ): Promise<Response> => {
    const visit = c.get("own");
    const started = await startCode(options, askingOf(visit, phone), wish);
    if (started.kind === "refused") {
      const { text, status, retryAfterMs } = started;
      return refused(text, { status, retryAfterMs });
    }
    // After a conflict the other request's step stands; the page that is drawn next follows it.
    await ports.own.save({ ...visit.session, step: { at: "code", ...started.code } });
    return c.redirect(`${visit.path}/code`, 303);
  };

  app.get("/me/s/:sessionId/ask", (c) => showAsk(c, "", null));

  app.post("/me/s/:sessionId", async (c) => {
    const { session, language, path } = c.get("own");
    const { at } = session.step;
    if (at === "proven" || at === "erased" || at === "elsewhere") return c.redirect(path, 303);
    const typed = (c.get("form").get("phone") ?? "").slice(0, 60);
    const parsed = parsePhone(typed);
    if (!parsed.ok) {
      ports.refusals.count("phone_refused", session.from);
      return showAsk(c, typed, copyFor(language).phoneRefused[parsed.reason], { status: 422 });
    }
    return send(c, parsed.phone, { intent: "resume", via: "any" }, (text, reply) =>
      showAsk(c, typed, text, reply),
    );
  });

  app.get("/me/s/:sessionId/code", (c) => showCode(c, null));

  app.post("/me/s/:sessionId/code", async (c) => {
    const visit = c.get("own");
    const { session, path } = visit;
    const { step } = session;
    const code = readCode(c.get("form"));
    if (step.at === "elsewhere" && code !== null) return repeat(c, step, code);
    if (step.at !== "code") return c.redirect(path, 303);
    const judged = await judgeCode(options, askingOf(visit, step.phone), c.get("form"));
    if (judged.kind === "refused") {
      return showCode(c, { field: "code", text: judged.text }, { status: 422 });
    }
    const person = { kind: "phone", phone: step.phone } as const;
    const proof = { kind: "otp", messageId: judged.messageId } as const;
    return moveOn(c, { at: "proven", person, proof }, step.phone);
  });

  /** As at a store: whoever began this page and sent it on must not read what the proof opens. */
  const moveOn = async (
    c: Context<PortalEnv>,
    step: OwnStep,
    phone: Elsewhere["phone"],
  ): Promise<Response> => {
    const { session, language, now, path } = c.get("own");
    const { from, device } = session;
    const next = await ports.own.open({ from, device, language, step, now });
    const left = await ports.own.save({ ...session, step: { at: "elsewhere", phone, nextId: next.id } });
    if (left === "saved") return c.redirect(`/me/s/${next.id}`, 303);
    await ports.own.end(next.id);
    return c.redirect(path, 303);
  };

  /** The answer got lost or the button was tapped twice: the same code leads on once more. */
  const repeat = async (c: Context<PortalEnv>, step: Elsewhere, code: string): Promise<Response> => {
    const visit = c.get("own");
    const verdict = await ports.codes.verify({ ...askingOf(visit, step.phone).ask, code });
    const refusal = refusalOfCode(verdict);
    if (refusal !== null) ports.refusals.count(refusal, visit.session.from);
    return c.redirect(refusal === null ? `/me/s/${step.nextId}` : visit.path, 303);
  };

  const resend = (c: Context<PortalEnv>, intent: "again" | "by_sms"): Promise<Response> | Response => {
    const { session, path } = c.get("own");
    const { step } = session;
    if (step.at !== "code") return c.redirect(path, 303);
    const via = intent === "by_sms" || step.by === "sms" ? "sms" : "any";
    return send(c, step.phone, { intent, via }, (text, reply) => showCode(c, { field: null, text }, reply));
  };

  app.post("/me/s/:sessionId/code/again", (c) => resend(c, "again"));
  app.post("/me/s/:sessionId/code/sms", (c) => resend(c, "by_sms"));

  // From the last page of a store's portal: the proof of that session opens this one.
  app.post("/w/:gatewayId/s/:sessionId/me", async (c) => {
    const { gateway, session, language, now, path } = c.get("visit");
    const { step } = session;
    if (step.at !== "signed_in") return c.redirect(path, 303);
    const { person, proof } = step;
    // A device that nobody vouches for is not offered to be counted again.
    const device = session.vouched && step.claims === null ? session.device : null;
    const opened = await ports.own.open({
      from: gateway.id,
      device,
      language,
      step: { at: "proven", person, proof },
      now,
    });
    return c.redirect(`/me/s/${opened.id}`, 303);
  });
};
