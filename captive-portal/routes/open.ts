// The gateway's hand-off: `/w/{gatewayId}` with the vendor's parameters. A MAC becomes a device token here, a session
// is opened, and the browser leaves at once for an address that holds no MAC. The MAC is neither stored nor logged.

import type { Context, Hono } from "hono";
import type { DeviceToken } from "../../schema/ids.ts";
import type { PortalGateway } from "../brand.ts";
import { parseLink } from "../gateways/link.ts";
import type { PortalEnv, PortalOptions } from "../options.ts";
import { languageOf, respondNotice } from "../respond.ts";
import { wordingSet } from "../wording.ts";

export const openRoutes = (app: Hono<PortalEnv>, options: PortalOptions): void => {
  const { ports } = options;
  const open = async (c: Context<PortalEnv>): Promise<Response> => {
    const gateway = await ports.gateways.find(c.req.param("gatewayId") ?? "");
    if (gateway === null) {
      ports.refusals.count("unknown_gateway", null);
      return respondNotice(c, options, { kind: "unknown_gateway", status: 404 });
    }
    const language = languageOf(c);
    const session = await ports.sessions.open({
      gatewayId: gateway.id,
      branchId: gateway.branchId,
      device: await deviceOf(gateway, new URL(c.req.url).searchParams),
      language,
      shown: (await wordingSet(gateway, language)).name,
      now: options.clock(c.req.raw),
    });
    return c.redirect(`/w/${gateway.id}/s/${session.id}`, 303);
  };
  const deviceOf = async (gateway: PortalGateway, query: URLSearchParams): Promise<DeviceToken | null> => {
    const handOff = parseLink(query);
    switch (handOff.kind) {
      case "mac":
        return ports.devices.tokenOf(handOff.mac);
      case "device":
        return handOff.device;
      case "none":
        return null;
      case "bad":
        // The shopper is not to blame for a gateway's mistake: online, but not recognised.
        ports.refusals.count("bad_hand_off", gateway.id);
        return null;
    }
  };
  app.get("/w/:gatewayId", open);
};
