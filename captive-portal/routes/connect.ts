// `/connect`: waits with the shopper until the gateway has let the device on. Each look is cheap; it asks for a grant that
// got lost, and makes a device the person's once the gateway has named it.

import type { Context, Hono } from "hono";
import { claimDevice } from "../claim-device.ts";
import { askGateway, letOn, planOf } from "../let-on.ts";
import { standingRows } from "../standing-rows.ts";
import type { PortalEnv, PortalOptions } from "../options.ts";
import { ConnectPage } from "../pages/connect-page.tsx";
import { respond } from "../respond.ts";
import type { AccessReason, Step } from "../session.ts";

/** A gateway that polls us does so every 5 s; the agent answers within 2 s. */
const LOOK_SECONDS = 2;
const SLOW_MS = 30_000;
/** The page after the gateway is nobody's, so what stands is read here, before the browser leaves. */
const READ_SECONDS = 4;

export const connectRoutes = (app: Hono<PortalEnv>, options: PortalOptions): void => {
  const { ports } = options;

  const show = async (c: Context<PortalEnv>, wish: "look" | "ask"): Promise<Response> => {
    const visit = c.get("visit");
    const { gateway, session, language, now, path } = visit;
    const { access } = session;
    if (access === null) {
      // The line broke between the proof and the grant.
      const reason = reasonOf(session.step);
      return reason === null ? c.redirect(path, 303) : letOn(c, options, { step: session.step, reason });
    }
    // A window that is over stays shut: asking again would open another one.
    if (session.step.at === "zalo" && now >= access.until) return c.redirect(`${path}/zalo`, 303);
    const origin = options.origin(c.req.raw);
    const at = { branchId: gateway.branchId, now };
    const seen = wish === "look" ? await ports.access.state(access.grantId, at) : null;
    const state = seen?.state ?? "over";
    const asked = state === "over" ? await askGateway(options, visit, access, origin) : null;
    if (state === "online" || asked?.outcome.kind === "online") {
      const device = seen?.device ?? (asked?.outcome.kind === "online" ? asked.outcome.device : null);
      await claimDevice(options, visit, { device });
      return c.redirect(`${path}/done`, 303);
    }
    const { browser, agent, queue } = await planOf(visit, access, origin);
    const refused = state === "refused" || asked?.outcome.kind === "refused";
    const slow = (refused && browser === null) || now - access.askedAt > SLOW_MS;
    // A page that only asks again must end some time; one that leads elsewhere leads there once.
    const proven = session.step.at === "signed_in" ? session.step : null;
    const wait = proven === null ? 0 : READ_SECONDS;
    const refresh = browser?.kind === "go" ? `${wait}; url=${browser.url}` : String(LOOK_SECONDS);
    const leads = browser?.kind === "go" ? !slow : !slow && (agent !== null || queue !== null);
    const target = browser?.kind === "post" ? new URL(browser.action).origin : null;
    const standing = proven === null ? [] : await standingRows(options, visit, proven.person);
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
      (frame) =>
        ConnectPage({
          frame,
          session: path,
          formToken: session.formToken,
          step: browser,
          slow,
          proven: proven === null ? null : { receiptId: proven.receiptId, standing },
        }),
    );
  };

  app.get("/w/:gatewayId/s/:sessionId/connect", (c) => show(c, "look"));
  app.post("/w/:gatewayId/s/:sessionId/connect", (c) => show(c, "ask"));
};

/** Why a session at this step may be let on; null: it may not, or not by itself. */
const reasonOf = (step: Step): AccessReason | null => {
  switch (step.at) {
    case "signed_in":
      return "signed_in";
    case "guest":
      return "guest";
    case "returned":
      return "returned";
    case "choosing":
    case "code":
    case "zalo":
    case "confirm":
    case "elsewhere":
      return null;
  }
};
