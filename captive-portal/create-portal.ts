// The captive portal as a Hono app made from ports: works without script and without cookies, keeps its state behind
// an unguessable address. Mount it at the root; it answers `/w/…`, `/captive/…`, `/receipt/…`, `/me…`, `/z/…` and
// `/zalo/…` and nothing else.

import { Hono } from "hono";
import { checkForm, loadVisit } from "./guard.ts";
import type { PortalEnv, PortalOptions, Visit } from "./options.ts";
import { ownAddRoutes } from "./own/routes-add.ts";
import { ownCounterRoutes } from "./own/routes-counter.ts";
import { ownEraseRoutes } from "./own/routes-erase.ts";
import { ownRequestRoutes } from "./own/routes-request.ts";
import { ownProveRoutes } from "./own/routes-prove.ts";
import { ownViewRoutes } from "./own/routes-view.ts";
import { checkOwnForm, loadOwn } from "./own/visit.ts";
import { ownPlace, ownZaloRoutes } from "./own/zalo-place.ts";
import { respondNotice } from "./respond.ts";
import { captiveRoutes } from "./routes/captive.ts";
import { chooseRoutes } from "./routes/choose.ts";
import { codeRoutes } from "./routes/code.ts";
import { confirmRoutes } from "./routes/confirm.ts";
import { connectRoutes } from "./routes/connect.ts";
import { counterRoutes } from "./routes/counter.ts";
import { doneRoutes } from "./routes/done.ts";
import { guestRoutes } from "./routes/guest.ts";
import { onRoutes } from "./routes/on.ts";
import { openRoutes } from "./routes/open.ts";
import { receiptRoutes } from "./routes/receipt.ts";
import { zaloRoutes } from "./routes/zalo.ts";
import { zaloReturnRoutes } from "./routes/zalo-return.ts";
import { staffRoutes } from "./routes/staff.ts";
import { securityHeaders } from "./security.ts";
import { portalPlace } from "./zalo/portal-place.ts";

export const createPortal = (options: PortalOptions): Hono<PortalEnv> => {
  if (options.ports.sender.reach === "local" && options.mode !== "local") {
    throw new Error(
      "The local code sender shows codes and exists in local mode only: configure a real sender",
    );
  }
  const app = new Hono<PortalEnv>();
  // By path, not `*`: mounted at the root, a `*` would reach into the routes of whoever mounts us.
  app.use("/w/*", securityHeaders);
  app.use("/receipt/*", securityHeaders);
  app.use("/me", securityHeaders);
  app.use("/me/*", securityHeaders);
  app.use("/me/s/:sessionId/*", loadOwn(options), checkOwnForm(options));
  app.use("/z/*", securityHeaders);
  app.use("/zalo/*", securityHeaders);
  app.use("/w/:gatewayId/s/:sessionId/*", loadVisit(options), checkForm(options));
  openRoutes(app, options);
  chooseRoutes(app, options);
  guestRoutes(app, options);
  codeRoutes(app, options);
  zaloRoutes(app, options);
  zaloReturnRoutes(app, options, { portal: portalPlace(options), me: ownPlace(options) });
  staffRoutes(app, options);
  confirmRoutes(app, options);
  connectRoutes(app, options);
  doneRoutes(app, options);
  counterRoutes(app, options);
  onRoutes(app, options);
  receiptRoutes(app, options);
  captiveRoutes(app, options);
  ownProveRoutes(app, options);
  ownZaloRoutes(app, options);
  ownViewRoutes(app, options);
  ownAddRoutes(app, options);
  ownCounterRoutes(app, options);
  ownRequestRoutes(app, options);
  ownEraseRoutes(app, options);
  app.all("/me/*", (c) => respondNotice(c, options, { kind: "not_found", status: 404 }));
  app.all("/w/*", (c) => respondNotice(c, options, { kind: "not_found", status: 404 }));
  app.onError((error, c) => {
    options.report(error);
    // Whatever was done before it broke stands; the session shows the step that comes next.
    const visit: Visit | undefined = c.get("visit");
    const back =
      visit === undefined
        ? {}
        : { brand: visit.gateway.brand, restart: visit.path, language: visit.language };
    return respondNotice(c, options, { kind: "unavailable", status: 503, ...back });
  });
  return app;
};
