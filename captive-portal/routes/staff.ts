// Phones that are not to be counted: the staff's, by a code of their branch, and a guest's own, by one tap. Neither asks
// who it is.

import type { Context, Hono } from "hono";
import { copyFor } from "../copy/copy.ts";
import type { PortalEnv, PortalOptions } from "../options.ts";
import { StaffPage } from "../pages/staff-page.tsx";
import { type PageOf, respond } from "../respond.ts";

const MAX_CODE = 64;

export const staffRoutes = (app: Hono<PortalEnv>, options: PortalOptions): void => {
  const { ports } = options;

  const show = (
    c: Context<PortalEnv>,
    said: { readonly problem: string | null; readonly done: boolean },
    reply: Pick<PageOf, "status"> = {},
  ): Promise<Response> => {
    const { gateway, session, language, path } = c.get("visit");
    const page = { brand: gateway.brand, language, here: `${path}/staff`, ...reply };
    return respond(c, options, page, (frame) =>
      StaffPage({ frame, session: path, formToken: session.formToken, ...said }),
    );
  };

  app.get("/w/:gatewayId/s/:sessionId/staff", (c) => show(c, { problem: null, done: false }));

  app.post("/w/:gatewayId/s/:sessionId/staff", async (c) => {
    const { gateway, session, language, now } = c.get("visit");
    const code = (c.get("form").get("code") ?? "").slice(0, MAX_CODE);
    const verdict = await ports.rights.excludeStaff(code, session.device, { now });
    if (verdict.kind === "excluded") return show(c, { problem: null, done: true });
    ports.refusals.count(`staff_${verdict.reason}`, gateway.id);
    const problem = copyFor(language).staff.refused[verdict.reason];
    return show(c, { problem, done: false }, { status: 422 });
  });

  app.post("/w/:gatewayId/s/:sessionId/uncount", async (c) => {
    const { session, now, path } = c.get("visit");
    // A shopper who was proven does this on the own page, for every device and with the way back.
    if (session.step.at !== "guest" || session.device === null) return c.redirect(`${path}/done`, 303);
    await ports.rights.optOut(null, { device: session.device, every: "this", now });
    return c.redirect(`${path}/done?uncounted=1`, 303);
  });
};
