// The settings of a new gateway: what the operator gave, checked against what its kind needs, and fresh secrets for the
// rest. A secret that is printed in descriptions is refused.

import { originOf } from "../../../captive-portal/gateways/origin.ts";
import { isPublishedSecret } from "../../../captive-portal/gateways/published-secrets.ts";
import { GATEWAY_NEEDS, type GatewayNeeds } from "../../../schema/gateway-needs.ts";
import type { GatewaySettings } from "../../../schema/gateways.ts";
import type { NewGateway } from "../../../schema/wire/gateways.ts";

interface FieldError {
  path: string;
  message: string;
}

/** The one that needs neither PHP on the router nor a form posted from https to http. */
const DEFAULT_LEVEL = 4;

export type NewSettings = { ok: true; settings: GatewaySettings } | { ok: false; errors: FieldError[] };

/** openNDS from level 3 on fetches who is let on, and no browser need go there. */
const needsAddress = ({ kind, level }: NewGateway, needs: GatewayNeeds): boolean =>
  needs.addresses === "required" && !(kind === "opennds" && (level ?? DEFAULT_LEVEL) >= 3);

const addressErrors = (asked: NewGateway, needs: GatewayNeeds): FieldError[] => {
  const { kind, addresses } = asked;
  if (needs.addresses === "none" && addresses.length > 0)
    return [{ path: "addresses", message: `no browser is ever sent to a gateway of the kind ${kind}` }];
  if (needsAddress(asked, needs) && addresses.length === 0)
    return [{ path: "addresses", message: "is needed: where a browser is sent to be let on" }];
  return addresses.flatMap((address, index) => {
    const path = `addresses.${index}`;
    const origin = originOf(address);
    if (origin === null) return [{ path, message: "must be an address such as http://192.168.1.1:2050" }];
    return origin === address.replace(/\/$/, "").toLowerCase()
      ? []
      : [{ path, message: `must have no path and no default port: ${origin}` }];
  });
};

const secretErrors = (asked: NewGateway, needs: GatewayNeeds): FieldError[] => {
  const given = [
    { path: "secret", text: asked.secret, isUsed: needs.secret !== "none" },
    { path: "radiusKey", text: asked.radiusKey, isUsed: needs.radius === "asks" },
  ];
  return given.flatMap(({ path, text, isUsed }) => {
    if (text === undefined) return [];
    if (!isUsed) return [{ path, message: `a gateway of the kind ${asked.kind} has none` }];
    return isPublishedSecret(text)
      ? [{ path, message: "is printed in public descriptions; leave it out and one is made" }]
      : [];
  });
};

/** `newSecret` gives 32 random bytes in hex. */
export const newGatewaySettings = (asked: NewGateway, newSecret: () => string): NewSettings => {
  const needs = GATEWAY_NEEDS[asked.kind];
  const errors = [...addressErrors(asked, needs), ...secretErrors(asked, needs)];
  if (asked.level !== undefined && asked.kind !== "opennds")
    errors.push({ path: "level", message: "only openNDS has levels" });
  if (errors.length > 0) return { ok: false, errors };
  return {
    ok: true,
    settings: {
      secret: needs.secret === "none" ? null : (asked.secret ?? newSecret()),
      origins: [...new Set(asked.addresses.flatMap((address) => originOf(address) ?? []))],
      level: asked.kind === "opennds" ? (asked.level ?? DEFAULT_LEVEL) : null,
      name: asked.gatewayName ?? null,
      trustsHandOff: asked.trustsHandOff ?? false,
      radiusKey: needs.radius === "asks" ? (asked.radiusKey ?? newSecret()) : null,
    },
  };
};
