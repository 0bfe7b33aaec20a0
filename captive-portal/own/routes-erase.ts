// Erasure with its certificate, and the link that verifies an e-mail address.

import type { Context, Hono } from "hono";
import { copyFor } from "../copy/copy.ts";
import type { PortalEnv, PortalOptions } from "../options.ts";
import type { FieldError } from "../pages/error-summary.tsx";
import { EmailDonePage, EmailPage } from "../pages/own/email-page.tsx";
import { CertificatePage, ErasePage } from "../pages/own/erase-page.tsx";
import { isFromElsewhere } from "../security.ts";
import { type PageOf, languageOf, respond, respondNotice } from "../respond.ts";
import { eraseWording } from "./erase-wording.ts";
import { looksOf } from "./visit.ts";

export const ownEraseRoutes = (app: Hono<PortalEnv>, options: PortalOptions): void => {
  const { ports } = options;

  const showErase = (
    c: Context<PortalEnv>,
    problem: FieldError | null,
    reply: Pick<PageOf, "status" | "retryAfterMs"> = {},
  ): Promise<Response> => {
    const { session, brand, language, path } = c.get("own");
    return respond(c, options, { brand, language, here: `${path}/erase`, ...reply }, (frame) =>
      ErasePage({
        frame,
        session: path,
        formToken: session.formToken,
        wording: eraseWording(brand, language).text,
        problem,
      }),
    );
  };

  app.get("/me/s/:sessionId/erase", async (c) => {
    const { session, path } = c.get("own");
    return session.step.at === "proven" ? showErase(c, null) : c.redirect(path, 303);
  });

  app.post("/me/s/:sessionId/erase", async (c) => {
    const { session, brand, language, now, path } = c.get("own");
    const { step } = session;
    if (step.at !== "proven") return c.redirect(path, 303);
    const words = copyFor(language).own;
    if (c.get("form").get("sure") !== "yes")
      return showErase(c, { field: "sure", text: words.eraseUnsure }, { status: 422 });
    const { person, proof } = step;
    const wording = eraseWording(brand, language);
    const outcome = await ports.rights.erase(person, { id: session.id, wording, proof, now });
    if (outcome.kind === "retry") {
      ports.refusals.count("ledger_retry", session.from);
      return showErase(c, { field: null, text: words.retry }, { status: 503, retryAfterMs: outcome.afterMs });
    }
    // From here on it knows nobody, and leads to the certificate if this answer gets lost.
    const erased = { at: "erased", certificateId: outcome.certificateId } as const;
    const saved = await ports.own.save({ ...session, device: null, step: erased });
    if (saved === "conflict") await ports.own.end(session.id);
    return c.redirect(`/me/erased/${outcome.certificateId}?lang=${language}`, 303);
  });

  app.get("/me/erased/:id", async (c) => {
    const { brand, timezone } = await looksOf(options, null);
    const language = languageOf(c);
    const certificate = await ports.rights.certificate(c.req.param("id"));
    if (certificate === null) {
      ports.refusals.count("receipt_unknown", null);
      return respondNotice(c, options, { kind: "receipt_unknown", status: 404, brand });
    }
    return respond(c, options, { brand, language, here: `/me/erased/${certificate.id}` }, (frame) =>
      CertificatePage({ frame, certificate, timezone, language }),
    );
  });

  app.get("/me/email/:token", async (c) => {
    const { brand } = await looksOf(options, null);
    const here = `/me/email/${encodeURIComponent(c.req.param("token"))}`;
    return respond(c, options, { brand, language: languageOf(c), here }, (frame) =>
      EmailPage({ frame, action: here }),
    );
  });

  app.post("/me/email/:token", async (c) => {
    const { brand } = await looksOf(options, null);
    const language = languageOf(c);
    // The token is the proof and is in the address, so another site that has it needs no help of ours.
    if (isFromElsewhere(c.req.raw)) {
      ports.refusals.count("foreign_form", null);
      return respondNotice(c, options, { kind: "foreign_form", status: 403, brand, restart: c.req.path });
    }
    const verdict = await ports.rights.verifyEmail(c.req.param("token"), options.clock(c.req.raw));
    const words = copyFor(language).own;
    const page = { brand, language, here: c.req.path };
    if (verdict.kind === "verified") {
      return respond(c, options, page, (frame) =>
        EmailDonePage({ frame, title: words.verifiedTitle, text: words.verifiedText }),
      );
    }
    ports.refusals.count(`email_${verdict.reason}`, null);
    return respond(c, options, { ...page, status: 410 }, (frame) =>
      EmailDonePage({ frame, title: words.verifyRefusedTitle, text: words.verifyRefused[verdict.reason] }),
    );
  });
};
