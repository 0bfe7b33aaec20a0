// Zalo's proof as a key to `/me`. The page opens under a new address, in the browser that came back: whoever sent the
// login's address to somebody else must not read that person's data in the session that began it.

import type { Hono } from "hono";
import type { PortalEnv, PortalOptions } from "../options.ts";
import { goToZalo } from "../zalo/go-to-zalo.ts";
import type { FindPlace } from "../zalo/place.ts";
import { looksOf } from "./visit.ts";

export const ownZaloRoutes = (app: Hono<PortalEnv>, options: PortalOptions): void => {
  const { ports } = options;
  app.get("/me/s/:sessionId/zalo", async (c) => {
    const { session, now, path } = c.get("own");
    const { zalo } = ports;
    if (zalo === null || (session.step.at !== "asking" && session.step.at !== "code")) {
      return c.redirect(path, 303);
    }
    const login = await ports.logins.open({ purpose: { kind: "me", sessionId: session.id }, now });
    return goToZalo(c, options, { zalo, login });
  });
};

export const ownPlace =
  (options: PortalOptions): FindPlace =>
  async (c, { purpose }, now) => {
    if (purpose.kind !== "me") return null;
    const { own } = options.ports;
    const began = await own.find(purpose.sessionId, now);
    if (began === null) return null;
    const { brand } = await looksOf(options, began.from);
    const { from, language } = began;
    const door = `/me/s/${began.id}`;
    return {
      brand,
      language,
      otherWay: null,
      // A reload ends at the door: the new address is known to one browser only.
      waitAt: door,
      ledTo: null,
      proven: async (proven) => {
        const step = { at: "proven", ...proven } as const;
        const { id } = await own.open({ from, device: null, language, step, now });
        return c.redirect(`/me/s/${id}`, 303);
      },
    };
  };
