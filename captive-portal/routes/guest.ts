// The WiFi without signing in: always there, asks for nothing, keeps no identity.

import type { Hono } from "hono";
import type { PortalEnv, PortalOptions } from "../options.ts";

export const guestRoutes = (app: Hono<PortalEnv>, { ports }: PortalOptions): void => {
  app.post("/w/:gatewayId/s/:sessionId/guest", async (c) => {
    const { session, path } = c.get("visit");
    if (session.step.at !== "signed_in") {
      await ports.sessions.save({ ...session, step: { at: "guest", because: "chosen" } });
    }
    return c.redirect(`${path}/done`, 303);
  });
};
