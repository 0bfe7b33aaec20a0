// The first page and its form. Nothing is recorded here: choices wait in the session until the phone is proven.

import type { Context, Hono } from "hono";
import { type PhoneNumber, parsePhone } from "../../schema/phone.ts";
import { copyFor } from "../copy/copy.ts";
import type { PortalEnv, PortalOptions } from "../options.ts";
import { BackPage } from "../pages/back-page.tsx";
import type { ChooseEntries } from "../pages/choose-page.tsx";
import { letOn } from "../let-on.ts";
import { respond, respondNotice } from "../respond.ts";
import { restartOf } from "../guard.ts";
import { codeAsking, startCode } from "../start-code.ts";
import { type Choice, isProven } from "../session.ts";
import { readChoices } from "./read-choices.ts";
import { showChoices } from "./show-choices.ts";

export const chooseRoutes = (app: Hono<PortalEnv>, options: PortalOptions): void => {
  const { ports } = options;

  app.get("/w/:gatewayId/s/:sessionId", async (c) => {
    const { gateway, session, path, language } = c.get("visit");
    const wantsForm = c.req.query("change") === "phone";
    const query = `?lang=${language}`;
    switch (session.step.at) {
      case "choosing":
        return session.returning && !wantsForm ? showReturning(c) : showChoices(c, options);
      case "code":
        return wantsForm ? showChoices(c, options) : c.redirect(`${path}/code${query}`, 303);
      case "zalo":
        return wantsForm ? showChoices(c, options) : c.redirect(`${path}/zalo${query}`, 303);
      case "guest":
      case "returned":
        return wantsForm ? showChoices(c, options) : c.redirect(`${path}/connect${query}`, 303);
      case "signed_in":
        // Not the last page: only a gateway that was told makes it true.
        return c.redirect(`${path}/connect${query}`, 303);
      case "confirm":
        return c.redirect(`${path}/confirm${query}`, 303);
      case "elsewhere":
        return respondNotice(c, options, {
          kind: "elsewhere",
          status: 200,
          brand: gateway.brand,
          restart: restartOf(gateway, language),
          language,
        });
    }
  });

  app.post("/w/:gatewayId/s/:sessionId", async (c) => {
    const { gateway, session, language, path } = c.get("visit");
    // Proven already, perhaps by a second tap; a new sign-in starts at the gateway.
    if (isProven(session.step)) return c.redirect(path, 303);
    const read = await readChoices(c, options);
    if (read.kind === "answered") return read.response;
    const { entries, choices } = read;
    const parsed = parsePhone(entries.phone);
    if (!parsed.ok) {
      ports.refusals.count("phone_refused", gateway.id);
      const errors = [{ field: "phone" as const, text: copyFor(language).phoneRefused[parsed.reason] }];
      return showChoices(c, options, { entries, errors, reply: { status: 422 } });
    }
    return askForCode(c, parsed.phone, { entries, choices });
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
    if (isProven(session.step)) return c.redirect(path, 303);
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
