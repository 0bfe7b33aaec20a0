// `/counter` of a store's session: the code for the counter. It rests on the proof made in this very session; a device
// that was only let on again gets none.

import type { Context, Hono } from "hono";
import type { PortalEnv, PortalOptions } from "../options.ts";
import { type CounterVisit, makeCode, offerCode } from "../show-counter.ts";

export const counterRoutes = (app: Hono<PortalEnv>, options: PortalOptions): void => {
  app.get("/w/:gatewayId/s/:sessionId/counter", async (c) => {
    const { session, path } = c.get("visit");
    if (session.step.at !== "signed_in") return c.redirect(path, 303);
    return offerCode(c, options, visitOf(c));
  });

  app.post("/w/:gatewayId/s/:sessionId/counter", async (c) => {
    const { session, path } = c.get("visit");
    if (session.step.at !== "signed_in") return c.redirect(path, 303);
    return makeCode(c, options, visitOf(c), session.step.person);
  });
};

const visitOf = (c: Context<PortalEnv>): CounterVisit => {
  const { gateway, session, language, now, path } = c.get("visit");
  const { brand, timezone } = gateway;
  return { brand, timezone, language, now, path, back: `${path}/done`, formToken: session.formToken };
};
