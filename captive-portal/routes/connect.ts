// `/connect`: waits with the shopper until the gateway has let the device on. Each look is cheap and changes nothing; a
// grant that got lost is asked for again.

import type { Context, Hono } from "hono";
import { askGateway, planOf } from "../let-on.ts";
import type { PortalEnv, PortalOptions } from "../options.ts";
import { ConnectPage } from "../pages/connect-page.tsx";
import { respond } from "../respond.ts";

/** A gateway that polls us does so every 5 s; the agent answers within 2 s. */
const LOOK_SECONDS = 2;
const SLOW_MS = 30_000;

export const connectRoutes = (app: Hono<PortalEnv>, options: PortalOptions): void => {
  const { ports } = options;

  const show = async (c: Context<PortalEnv>, wish: "look" | "ask"): Promise<Response> => {
    const visit = c.get("visit");
    const { gateway, session, language, now, path } = visit;
    const { access } = session;
    if (access === null) return c.redirect(path, 303);
    const origin = options.origin(c.req.raw);
    const at = { branchId: gateway.branchId, now };
    const seen = wish === "look" ? await ports.access.state(access.grantId, at) : null;
    const state = seen?.state ?? "over";
    if (state === "online") return c.redirect(`${path}/done`, 303);
    if (state === "over") {
      const { outcome } = await askGateway(options, visit, access, origin);
      if (outcome.kind === "online") return c.redirect(`${path}/done`, 303);
    }
    const { browser, agent, queue } = await planOf(visit, access, origin);
    const slow = state === "refused" || now - access.askedAt > SLOW_MS;
    // A page that only asks again must end some time; one that leads elsewhere leads there once.
    const refresh = browser?.kind === "go" ? `0; url=${browser.url}` : String(LOOK_SECONDS);
    const leads = browser?.kind === "go" ? !slow : !slow && (agent !== null || queue !== null);
    const target = browser?.kind === "post" ? new URL(browser.action).origin : null;
    return respond(
      c,
      options,
      {
        brand: gateway.brand,
        language,
        here: `${path}/connect`,
        refresh: leads ? refresh : null,
        formTarget: target,
      },
      (frame) => ConnectPage({ frame, session: path, formToken: session.formToken, step: browser, slow }),
    );
  };

  app.get("/w/:gatewayId/s/:sessionId/connect", (c) => show(c, "look"));
  app.post("/w/:gatewayId/s/:sessionId/connect", (c) => show(c, "ask"));
};
