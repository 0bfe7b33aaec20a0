// Other requests of who was proven here: the form, its confirmation with the due date, and what is open.

import type { Context, Hono } from "hono";
import { copyFor } from "../copy/copy.ts";
import type { PortalEnv, PortalOptions } from "../options.ts";
import type { Person } from "../person.ts";
import { type AskProblem, RequestPage } from "../pages/own/request-page.tsx";
import { type PageOf, respond } from "../respond.ts";
import { readAsk } from "./asking.ts";

export const ownRequestRoutes = (app: Hono<PortalEnv>, options: PortalOptions): void => {
  const { ports } = options;

  const show = async (
    c: Context<PortalEnv>,
    person: Person,
    problem: AskProblem | null,
    reply: Pick<PageOf, "status" | "retryAfterMs"> = {},
  ): Promise<Response> => {
    const { session, brand, timezone, language, now, path } = c.get("own");
    const { requests } = await ports.rights.view(person, now);
    const done = c.req.query("done");
    return respond(c, options, { brand, language, here: `${path}/request`, ...reply }, (frame) =>
      RequestPage({
        frame,
        session: path,
        formToken: session.formToken,
        requests,
        timezone,
        language,
        received: requests.find(({ id }) => id === done) ?? null,
        problem,
      }),
    );
  };

  app.get("/me/s/:sessionId/request", async (c) => {
    const { session, path } = c.get("own");
    return session.step.at === "proven" ? show(c, session.step.person, null) : c.redirect(path, 303);
  });

  app.post("/me/s/:sessionId/request", async (c) => {
    const { session, language, now, path } = c.get("own");
    const { step } = session;
    if (step.at !== "proven") return c.redirect(path, 303);
    const words = copyFor(language).own.request;
    const asked = readAsk(c.get("form"));
    if (!asked.ok) {
      ports.refusals.count("details_refused", session.from);
      const { field, chosen, typed } = asked;
      return show(c, step.person, { field, text: words.wrong[field], chosen, typed }, { status: 422 });
    }
    const outcome = await ports.rights.request(step.person, asked, now);
    switch (outcome.kind) {
      case "received":
        return c.redirect(`${path}/request?done=${outcome.id}`, 303);
      case "limited":
        ports.refusals.count("details_refused", session.from);
        return show(
          c,
          step.person,
          { field: null, text: words.limited, chosen: asked.kind, typed: asked.text },
          { status: 429 },
        );
      case "unknown":
        ports.refusals.count("details_refused", session.from);
        return show(
          c,
          step.person,
          { field: null, text: words.unknown, chosen: null, typed: "" },
          { status: 422 },
        );
    }
  });
};
