// The first page and its form. Nothing is recorded here: choices wait in the session until the phone is proven.

import type { Context, Hono } from "hono";
import { type Purpose, PURPOSES } from "../../schema/consent.ts";
import { type PhoneNumber, parsePhone } from "../../schema/phone.ts";
import { copyFor } from "../copy/copy.ts";
import type { PortalEnv, PortalOptions } from "../options.ts";
import { BackPage } from "../pages/back-page.tsx";
import type { ChooseEntries } from "../pages/choose-page.tsx";
import { letOn } from "../let-on.ts";
import { respond } from "../respond.ts";
import { codeAsking, startCode } from "../start-code.ts";
import type { Choice } from "../session.ts";
import { type WordingSet, wordingSet } from "../wording.ts";
import { showChoices } from "./show-choices.ts";

export const chooseRoutes = (app: Hono<PortalEnv>, options: PortalOptions): void => {
  const { ports } = options;

  app.get("/w/:gatewayId/s/:sessionId", async (c) => {
    const { session, path, language } = c.get("visit");
    const wantsForm = c.req.query("change") === "phone";
    const query = `?lang=${language}`;
    switch (session.step.at) {
      case "choosing":
        return session.returning && !wantsForm ? showReturning(c) : showChoices(c, options);
      case "code":
        return wantsForm ? showChoices(c, options) : c.redirect(`${path}/code${query}`, 303);
      case "guest":
        return wantsForm ? showChoices(c, options) : c.redirect(`${path}/done${query}`, 303);
      case "signed_in":
        return c.redirect(`${path}/done${query}`, 303);
      case "returned":
        return wantsForm ? showChoices(c, options) : c.redirect(`${path}/done${query}`, 303);
    }
  });

  app.post("/w/:gatewayId/s/:sessionId", async (c) => {
    const { gateway, session, language, path } = c.get("visit");
    const form = c.get("form");
    // Proven already, perhaps by a second tap; a new sign-in starts at the gateway.
    if (session.step.at === "signed_in") return c.redirect(`${path}/done`, 303);
    const entries = readEntries(form);
    const copy = copyFor(language);
    const wordings = await wordingSet(gateway, session.language);
    if (form.get("shown") !== session.shown || session.shown !== wordings.name) {
      ports.refusals.count("wording_changed", gateway.id);
      const errors = [{ field: null, text: copy.wordingChanged }];
      return showChoices(c, options, { entries: { ...entries, ticked: [] }, errors, reply: { status: 422 } });
    }
    if (!entries.adult) {
      ports.refusals.count("not_16", gateway.id);
      return letOn(c, options, { step: { at: "guest", because: "not_16" }, reason: "guest" });
    }
    const parsed = parsePhone(entries.phone);
    if (!parsed.ok) {
      ports.refusals.count("phone_refused", gateway.id);
      const errors = [{ field: "phone" as const, text: copy.phoneRefused[parsed.reason] }];
      return showChoices(c, options, { entries, errors, reply: { status: 422 } });
    }
    return askForCode(c, parsed.phone, { entries, choices: choicesOf(wordings, entries.ticked) });
  });

  const showReturning = (c: Context<PortalEnv>): Promise<Response> => {
    const { gateway, session, language, path } = c.get("visit");
    return respond(c, options, { brand: gateway.brand, language, here: path }, (frame) =>
      BackPage({ frame, session: path, formToken: session.formToken }),
    );
  };

  app.post("/w/:gatewayId/s/:sessionId/back", async (c) => {
    const { gateway, session, path } = c.get("visit");
    if (!session.returning) {
      ports.refusals.count("not_returning", gateway.id);
      return c.redirect(path, 303);
    }
    if (session.step.at === "signed_in") return c.redirect(`${path}/done`, 303);
    return letOn(c, options, { step: { at: "returned" }, reason: "returned" });
  });

  const askForCode = async (
    c: Context<PortalEnv>,
    phone: PhoneNumber,
    { entries, choices }: { entries: ChooseEntries; choices: readonly Choice[] },
  ): Promise<Response> => {
    const visit = c.get("visit");
    const started = await startCode(options, codeAsking(visit, phone), { intent: "resume", via: "any" });
    if (started.kind === "started") {
      // After a conflict the other request's step stands; the page that is drawn next follows it.
      await ports.sessions.save({ ...visit.session, step: { at: "code", choices, ...started.code } });
      return c.redirect(`${visit.path}/code`, 303);
    }
    const errors = [{ field: "phone" as const, text: started.text }];
    const { status, retryAfterMs } = started;
    return showChoices(c, options, { entries, errors, reply: { status, retryAfterMs } });
  };
};

const readEntries = (form: URLSearchParams): ChooseEntries => ({
  phone: (form.get("phone") ?? "").slice(0, 60),
  adult: form.get("adult") === "yes",
  ticked: PURPOSES.filter((purpose) => form.getAll("allow").includes(purpose)),
});

const choicesOf = (wordings: WordingSet, ticked: readonly Purpose[]): readonly Choice[] =>
  wordings.boxes.map(({ purpose, shown, sensitive }) => ({
    purpose,
    state: ticked.includes(purpose) ? "granted" : "refused",
    wording: shown,
    toldSensitive: sensitive !== null,
  }));
