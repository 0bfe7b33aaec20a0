// `/captive/{gatewayId}/{clientToken}`: RFC 8908 for gateways that give each client its own address. The token is the
// gateway's id of the client's session (`clientKey` of the hand-off); an address that holds a MAC is refused.

import type { Context, Hono } from "hono";
import type { PortalGateway } from "../brand.ts";
import { CAPTIVE_HEADERS, captiveJson } from "../capport.ts";
import { entranceOf } from "../gateways/entrance.ts";
import { parseMac } from "../gateways/mac.ts";
import type { PortalEnv, PortalOptions } from "../options.ts";

const TOKEN = /^[0-9A-Za-z_-]{1,64}$/;

export const captiveRoutes = (app: Hono<PortalEnv>, options: PortalOptions): void => {
  const { ports } = options;

  const gatewayOf = async (c: Context<PortalEnv>): Promise<PortalGateway | null> => {
    const gateway = await ports.gateways.find(c.req.param("gatewayId") ?? "");
    if (gateway === null) ports.refusals.count("unknown_gateway", null);
    return gateway;
  };

  app.get("/captive/:gatewayId/:clientToken", async (c) => {
    const gateway = await gatewayOf(c);
    if (gateway === null) return c.body(null, 404, NOT_KEPT);
    const token = c.req.param("clientToken");
    if (!TOKEN.test(token) || parseMac(token) !== null) {
      ports.refusals.count("bad_hand_off", gateway.id);
      return c.body(null, 404, NOT_KEPT);
    }
    const now = options.clock(c.req.raw);
    const grant = await ports.access.byClient(token, {
      gatewayId: gateway.id,
      branchId: gateway.branchId,
      now,
    });
    const state = captiveJson({
      onUntil: grant?.state === "online" ? grant.until : null,
      portalUrl: `${options.origin(c.req.raw)}/captive/${gateway.id}`,
      venueUrl: gateway.brand.landingUrl,
      now,
    });
    return c.body(JSON.stringify(state), 200, CAPTIVE_HEADERS);
  });

  /** What a phone opens: the gateway's own entrance where it has one, so that the hand-off is complete. */
  app.get("/captive/:gatewayId", async (c) => {
    const gateway = await gatewayOf(c);
    if (gateway === null) return c.body(null, 404, NOT_KEPT);
    c.header("Cache-Control", "no-store");
    c.header("Referrer-Policy", "no-referrer");
    return c.redirect(entranceOf(gateway.kind, gateway.settings) ?? `/w/${gateway.id}`, 303);
  });
};

const NOT_KEPT = { "Cache-Control": "no-store" } as const;
