// A gateway's settings at rest: sealed JSON, bound to its gateway, parsed again when read.

import { z } from "zod";
import { FAS_LEVELS, type GatewaySettings, NO_GATEWAY_SETTINGS } from "../../schema/gateways.ts";
import type { GatewayId } from "../../schema/ids.ts";
import type { Seal } from "./seal.ts";

const Stored = z.object({
  secret: z.string().nullable().default(null),
  origins: z.array(z.string()).default([]),
  level: z.literal(FAS_LEVELS).nullable().default(null),
  name: z.string().nullable().default(null),
  radiusKey: z.string().nullable().default(null),
  trustsHandOff: z.boolean().default(false),
});

const contextOf = (id: GatewayId): string => `gateway/${id}`;

export const sealSettings = (seal: Seal, id: GatewayId, settings: GatewaySettings): Promise<string> =>
  seal.seal(JSON.stringify(settings), contextOf(id));

/** Gateways from before there were settings have none. */
export const openSettings = async (
  seal: Seal,
  id: GatewayId,
  sealed: string | null,
): Promise<GatewaySettings> =>
  sealed === null ? NO_GATEWAY_SETTINGS : Stored.parse(JSON.parse(await seal.open(sealed, contextOf(id))));
