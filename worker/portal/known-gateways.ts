// Gateways as the portal sees them: with the branch they belong to and the brand's looks, words and policy.

import type { Brand, PortalGateway } from "../../captive-portal/brand.ts";
import type { KnownGateways } from "../../captive-portal/ports.ts";
import { parseGatewayId } from "../../schema/ids.ts";
import { DEFAULT_PORTAL, type PortalSettings } from "../../schema/portal-settings.ts";
import type { Settings } from "../env.ts";
import type { Services } from "../services.ts";
import { brandOverrides } from "../store/branches.ts";

/** Times that belong to no branch are told as the brand's country has them. */
const HOME_TIMEZONE = "Asia/Ho_Chi_Minh";

export const brandOf = (settings: Settings, portal: PortalSettings): Brand => {
  const name = portal.name ?? settings.QUEN_BRAND;
  return {
    name,
    colour: portal.colour ?? settings.QUEN_COLOUR,
    logo: portal.logo,
    controller: { name: portal.controller ?? name, contact: portal.contact ?? settings.QUEN_CONTACT },
    landingUrl: portal.landingUrl,
    texts: {
      ...(portal.texts.vi ? { vi: portal.texts.vi } : {}),
      ...(portal.texts.en ? { en: portal.texts.en } : {}),
    },
  };
};

export const knownGateways = (services: Services, verifiesEmail: boolean): KnownGateways => ({
  home: async () => {
    const { portal = {} } = await brandOverrides(services.db);
    return { brand: brandOf(services.settings, { ...DEFAULT_PORTAL, ...portal }), timezone: HOME_TIMEZONE };
  },
  find: async (text): Promise<PortalGateway | null> => {
    const id = parseGatewayId(text);
    const gateway = id === null ? null : await services.gateway(id);
    const branch = gateway === null ? null : await services.branch(gateway.branchId);
    if (!gateway || !branch || branch.closedAt !== null) return null;
    const { signedInMinutes, guestMinutes, guestPass, returningDays } = branch.portal;
    return {
      id: gateway.id,
      kind: gateway.kind,
      settings: gateway.settings,
      branchId: branch.id,
      branchName: branch.name,
      timezone: branch.settings.timezone,
      brand: brandOf(services.settings, branch.portal),
      // Nothing is offered that needs an address which nobody here could verify.
      offered: branch.portal.offered.filter((one) => one !== "marketing_email" || verifiesEmail),
      policy: { signedInMinutes, guestMinutes, guestPass, returningDays },
    };
  },
});
