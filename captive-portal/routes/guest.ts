// The WiFi without signing in, where the brand offers it: asks for nothing, keeps no identity.

import type { Hono } from "hono";
import { letOn } from "../let-on.ts";
import { isProven } from "../session.ts";
import type { PortalEnv, PortalOptions } from "../options.ts";

export const guestRoutes = (app: Hono<PortalEnv>, options: PortalOptions): void => {
  app.post("/w/:gatewayId/s/:sessionId/guest", async (c) => {
    const { gateway, session, path } = c.get("visit");
    if (isProven(session.step)) return c.redirect(path, 303);
    if (!gateway.policy.guestPass) {
      options.ports.refusals.count("guest_closed", gateway.id);
      return c.redirect(path, 303);
    }
    return letOn(c, options, { step: { at: "guest", because: "chosen" }, reason: "guest" });
  });
};
