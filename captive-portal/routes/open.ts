// The gateway's hand-off: `/w/{gatewayId}` with the vendor's parameters, read by the vendor's file. A MAC becomes a
// device token here, and the browser leaves at once for an address without it. It is neither stored nor logged.

import type { Context, Hono } from "hono";
import type { DeviceToken } from "../../schema/ids.ts";
import type { HandOffClient, HandOffResult } from "../gateways/gateway.ts";
import { gatewayOf } from "../gateways/registry.ts";
import type { PortalEnv, PortalOptions } from "../options.ts";
import { languageOf, respondNotice } from "../respond.ts";
import { readForm } from "../read-form.ts";
import type { PortalRefusal } from "../refusals.ts";
import { wordingSet } from "../wording.ts";

export const openRoutes = (app: Hono<PortalEnv>, options: PortalOptions): void => {
  const { ports } = options;
  const open = async (c: Context<PortalEnv>): Promise<Response> => {
    const gateway = await ports.gateways.find(c.req.param("gatewayId") ?? "");
    if (gateway === null) {
      ports.refusals.count("unknown_gateway", null);
      return respondNotice(c, options, { kind: "unknown_gateway", status: 404 });
    }
    const now = options.clock(c.req.raw);
    const result = await gatewayOf(gateway.kind).parse(await handOffOf(c), gateway.settings);
    // The shopper is not to blame for a gateway's mistake: the page still opens, but leads to no grant.
    if (!result.ok) ports.refusals.count(REFUSED[result.reason], gateway.id);
    const { client, vouched, link, clientKey, alreadyOn } = result.ok ? result.handOff : NOTHING;
    const device = await deviceOf(client);
    const withinMs = gateway.policy.returningDays * DAY;
    const language = languageOf(c);
    const session = await ports.sessions.open({
      gatewayId: gateway.id,
      branchId: gateway.branchId,
      device,
      link,
      clientKey,
      alreadyOn,
      // A plain link has no gateway that could vouch for anything; it is for trying out (docs/threat-model.md).
      vouched: vouched || gateway.kind === "link" || gateway.settings.trustsHandOff,
      returning:
        device !== null && withinMs > 0 && (await ports.returning.isReturning(device, { now, withinMs })),
      language,
      shown: (await wordingSet(gateway, language)).name,
      now,
    });
    return c.redirect(`/w/${gateway.id}/s/${session.id}`, 303);
  };
  const deviceOf = async (client: HandOffClient): Promise<DeviceToken | null> => {
    switch (client.kind) {
      case "mac":
        return ports.devices.tokenOf(client.mac);
      case "device":
        return client.device;
      case "none":
        return null;
    }
  };
  app.get("/w/:gatewayId", open);
  // Some vendors post their parameters, and some append a path of their own.
  app.post("/w/:gatewayId", open);
  app.get("/w/:gatewayId/guest/s/:site/", open);
  app.get("/w/:gatewayId/login/", open);
};

const DAY = 86_400_000;
const MAX_HAND_OFF_BYTES = 16_384;
const NOTHING = {
  client: { kind: "none" },
  vouched: false,
  link: {},
  clientKey: null,
  alreadyOn: false,
} as const;
const REFUSED = {
  malformed: "bad_hand_off",
  forged: "hand_off_forged",
  foreign_target: "hand_off_foreign_target",
} as const satisfies Record<Extract<HandOffResult, { ok: false }>["reason"], PortalRefusal>;

const handOffOf = async (c: Context<PortalEnv>): Promise<{ url: URL; form: URLSearchParams | null }> => ({
  url: new URL(c.req.url),
  form: c.req.method === "POST" ? await readForm(c.req.raw, MAX_HAND_OFF_BYTES) : null,
});
