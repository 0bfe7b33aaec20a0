// `/w/{gatewayId}/on/{grantId}`: where a gateway sends the browser once it let the device on. The address travelled
// through the gateway in the clear, so the page is nobody's: it shows that the network is there and nothing else.

import type { Hono } from "hono";
import { claimDevice } from "../claim-device.ts";
import type { PortalEnv, PortalOptions } from "../options.ts";
import { OnPage } from "../pages/on-page.tsx";
import type { PortalGateway } from "../brand.ts";
import { languageOf, respond, respondNotice } from "../respond.ts";

export const onRoutes = (app: Hono<PortalEnv>, options: PortalOptions): void => {
  const { ports } = options;

  /** The gateway's answer is known only now; what waited for it happens without being shown. */
  const settle = async (gateway: PortalGateway, grantId: string, now: number): Promise<void> => {
    const seen = await ports.access.state(grantId, { branchId: gateway.branchId, now });
    if (seen.sessionId === null || seen.device === null) return;
    const session = await ports.sessions.find(seen.sessionId, { gatewayId: gateway.id, now });
    if (session === null) return;
    const path = `/w/${gateway.id}/s/${session.id}`;
    await claimDevice(options, { gateway, session, language: session.language, now, path }, seen);
  };

  app.get("/w/:gatewayId/on/:grantId", async (c) => {
    const gateway = await ports.gateways.find(c.req.param("gatewayId"));
    if (gateway === null) {
      ports.refusals.count("unknown_gateway", null);
      return respondNotice(c, options, { kind: "unknown_gateway", status: 404 });
    }
    const here = `/w/${gateway.id}/on/${c.req.param("grantId")}`;
    await settle(gateway, c.req.param("grantId"), options.clock(c.req.raw));
    const page = { brand: gateway.brand, language: languageOf(c), here };
    return respond(c, options, page, (frame) => OnPage({ frame, gatewayId: gateway.id }));
  });
};
