// Gateways with their settings opened, remembered for some seconds: every page of the portal asks for its gateway, and
// that must cost no statement. Only those that exist are kept, so guessed ids fill nothing.

import type { GatewaySettings } from "../../schema/gateways.ts";
import type { GatewayId } from "../../schema/ids.ts";
import type { Database } from "../store/database.ts";
import { findGateway, type Gateway } from "../store/gateways.ts";
import { openSettings } from "./gateway-settings.ts";
import type { Seal } from "./seal.ts";

export type OpenedGateway = Omit<Gateway, "settings"> & { readonly settings: GatewaySettings };

/** How long another isolate may still serve a revoked gateway. */
const CACHE_MS = 10_000;

export const gatewayCache = (db: Database, seal: Seal, now: () => number) => {
  const known = new Map<GatewayId, { gateway: OpenedGateway; until: number }>();
  return {
    clear: () => known.clear(),
    /** Null for what never was or is revoked. */
    find: async (id: GatewayId): Promise<OpenedGateway | null> => {
      const entry = known.get(id);
      if (entry && entry.until > now()) return entry.gateway;
      const row = await findGateway(db, id);
      if (row === null) {
        known.delete(id);
        return null;
      }
      const gateway = { ...row, settings: await openSettings(seal, id, row.settings) };
      known.set(id, { gateway, until: now() + CACHE_MS });
      return gateway;
    },
  };
};
