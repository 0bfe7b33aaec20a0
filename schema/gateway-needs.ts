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
