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
  /** The store's agent may be the one who lets somebody on. */
  readonly agent: "drives" | "never";
}

export const GATEWAY_NEEDS: Readonly<Record<GatewayKind, GatewayNeeds>> = {
  link: { addresses: "none", secret: "none", radius: "never", agent: "never" },
  opennds: { addresses: "required", secret: "gateway", radius: "never", agent: "drives" },
  coovachilli: { addresses: "required", secret: "gateway", radius: "asks", agent: "never" },
  mikrotik: { addresses: "required", secret: "radius", radius: "asks", agent: "never" },
  unifi: { addresses: "none", secret: "none", radius: "never", agent: "drives" },
  omada: { addresses: "none", secret: "none", radius: "never", agent: "drives" },
  wifidog: { addresses: "required", secret: "none", radius: "never", agent: "never" },
  meraki: { addresses: "optional", secret: "radius", radius: "asks", agent: "never" },
  aruba: { addresses: "required", secret: "radius", radius: "asks", agent: "never" },
  ruckus: { addresses: "required", secret: "radius", radius: "asks", agent: "never" },
};
