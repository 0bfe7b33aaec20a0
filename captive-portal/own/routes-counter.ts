// `/me/s/{id}/counter`: the code for the counter, for whoever was proven on the own page.

import type { Context, Hono } from "hono";
import type { PortalEnv, PortalOptions } from "../options.ts";
import { type CounterVisit, makeCode, offerCode } from "../show-counter.ts";

export const ownCounterRoutes = (app: Hono<PortalEnv>, options: PortalOptions): void => {
  app.get("/me/s/:sessionId/counter", async (c) => {
    const { session, path } = c.get("own");
    if (session.step.at !== "proven") return c.redirect(path, 303);
    return offerCode(c, options, visitOf(c));
  });

  app.post("/me/s/:sessionId/counter", async (c) => {
    const { session, path } = c.get("own");
    if (session.step.at !== "proven") return c.redirect(path, 303);
    return makeCode(c, options, visitOf(c), session.step.person);
  });
};

const visitOf = (c: Context<PortalEnv>): CounterVisit => {
  const { session, brand, timezone, language, now, path } = c.get("own");
  return { brand, timezone, language, now, path, back: path, formToken: session.formToken };
};
