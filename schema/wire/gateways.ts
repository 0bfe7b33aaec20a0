// The operator's wire for gateways: what one is made of, and what is printed for it.

import { z } from "zod";
import { FAS_LEVELS, GATEWAY_KINDS } from "../gateways.ts";
import { Name } from "./admin.ts";

/** Stands in configurations of gateways, so nothing that would end a string or a line there. */
const GatewaySecret = z
  .string()
  .regex(/^[A-Za-z0-9_-]{16,64}$/, "16 to 64 letters, digits, hyphens or underscores");

/** Secrets that are not given are made. What a kind needs is in schema/gateway-needs.ts. */
export const NewGateway = z.strictObject({
  kind: z.enum(GATEWAY_KINDS),
  branchId: z.string(),
  name: Name.optional(),
  /** Where a browser may be sent to be let on, as `http://192.168.1.1:2050`: scheme, host and port. */
  addresses: z.array(z.string().max(200)).max(8).default([]),
  /** openNDS's `fas_secure_enabled`; 4 if not given. */
  level: z.literal(FAS_LEVELS).optional(),
  /** See GatewaySettings. */
  trustsHandOff: z.boolean().optional(),
  /** What the gateway calls itself: openNDS's gatewayname, WiFiDog's gw_id, the NAS-Identifier, UniFi's site. */
  gatewayName: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .refine(
      (name) => /^[\p{L}\p{N} _.:-]*$/u.test(name),
      "letters, digits, spaces and _ . : - only, at most 80",
    )
    .optional(),
  secret: GatewaySecret.optional(),
  radiusKey: GatewaySecret.optional(),
});
export type NewGateway = z.infer<typeof NewGateway>;
export const GatewayView = z.object({
  id: z.string(),
  branchId: z.string(),
  kind: z.enum(GATEWAY_KINDS),
  name: z.string(),
  url: z.string(),
  createdAt: z.string(),
  revokedAt: z.string().nullable(),
});
/** `config` is what to paste into the gateway, with its secrets. */
export const NewGatewayView = GatewayView.extend({ config: z.string() });
export const GatewayConfigView = z.object({
  id: z.string(),
  kind: z.enum(GATEWAY_KINDS),
  config: z.string(),
});
