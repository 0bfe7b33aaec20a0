// What each kind of gateway takes from the operator, and what is made for it: one table for the Worker, the CLI and docs.

import type { GatewayKind } from "./gateways.ts";

export interface GatewayNeeds {
  /**
   * The gateway's own address, where a browser may be sent to be let on. `required`: nobody gets on without.
   * `optional`: narrows what is allowed, or is a fallback. `none`: no browser is ever sent there.
   */
  readonly addresses: "required" | "optional" | "none";
  /** What `secret` is: shared with the gateway itself, or with its RADIUS server. */
  readonly secret: "gateway" | "radius" | "none";
  /** A FreeRADIUS server may ask us about this gateway. */
  readonly radius: "asks" | "never";
}

export const GATEWAY_NEEDS: Readonly<Record<GatewayKind, GatewayNeeds>> = {
  link: { addresses: "none", secret: "none", radius: "never" },
  opennds: { addresses: "required", secret: "gateway", radius: "never" },
  coovachilli: { addresses: "required", secret: "gateway", radius: "asks" },
  mikrotik: { addresses: "required", secret: "radius", radius: "asks" },
  unifi: { addresses: "none", secret: "none", radius: "never" },
  omada: { addresses: "none", secret: "none", radius: "never" },
  wifidog: { addresses: "required", secret: "none", radius: "never" },
  meraki: { addresses: "optional", secret: "radius", radius: "asks" },
  aruba: { addresses: "required", secret: "radius", radius: "asks" },
  ruckus: { addresses: "required", secret: "radius", radius: "asks" },
};

/** Printed in protocol descriptions and samples that anybody can read: never somebody's real secret. */
const PUBLISHED_SECRETS: ReadonlySet<string> = new Set([
  "128bcddbf4df3e16147dbb31b3b1b16472a3d2608f10b5407c8cdc352433761f",
  "c775e7b757ede630cd0aa1113bd102661ab38829ca52a6422ab782862f268646",
  "1234567890",
  "uamsecret",
  "testing123",
]);

export const isPublishedSecret = (text: string): boolean => PUBLISHED_SECRETS.has(text.trim().toLowerCase());
