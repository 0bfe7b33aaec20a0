// TP-Link Omada: only the controller lets anybody on, and it wants to hear again which access point and network, or
// which gateway and VLAN, the client came by. It stands in the store's network, so the store's agent calls it.

import { type Gateway, type GatewayLink, NO_PLAN } from "./gateway.ts";
import { readFields } from "./read-field.ts";
import { spellMac } from "./spell-mac.ts";
import { unvouched } from "./unvouched.ts";

const FIELDS = ["clientMac", "site", "apMac", "ssidName", "radioId", "gatewayMac", "vid"] as const;
type Fields = Record<(typeof FIELDS)[number], string>;

const SITE = /^[\p{L}\p{N} _.()-]{1,64}$/u;

/** By an access point or by a wired gateway; null for neither. An SSID may hold anything, so it is only data. */
const placeOf = ({ apMac, ssidName, radioId, gatewayMac, vid }: Fields): GatewayLink | null => {
  const ap = spellMac(apMac, "upper_dashes");
  if (ap !== null && ssidName !== "" && /^\d{1,2}$/.test(radioId)) return { apMac: ap, ssidName, radioId };
  const gateway = spellMac(gatewayMac, "upper_dashes");
  return gateway !== null && /^\d{1,4}$/.test(vid) ? { gatewayMac: gateway, vid } : null;
};

export const omada: Gateway = {
  kind: "omada",
  parse: async ({ url }) => {
    const fields = readFields(url.searchParams, FIELDS, 64);
    if (fields === null) return { ok: false, reason: "malformed" };
    if (FIELDS.every((name) => fields[name] === "")) return unvouched("", {});
    const place = placeOf(fields);
    if (place === null || !SITE.test(fields.site)) return { ok: false, reason: "malformed" };
    return unvouched(fields.clientMac, { site: fields.site, ...place });
  },
  plan: async (link, _settings, _pass, device) =>
    device === null || link["site"] === undefined
      ? NO_PLAN
      : { ...NO_PLAN, agent: { by: "device", device, params: link } },
};
