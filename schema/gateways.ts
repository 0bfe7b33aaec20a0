// Kinds of gateways and what is set for one. Plain types: the portal's vendor files, the Worker and the CLI share them.

/** Each has its file in captive-portal/gateways/. `link` is a page link without a gateway that could let anybody on. */
export const GATEWAY_KINDS = [
  "link",
  "opennds",
  "coovachilli",
  "mikrotik",
  "unifi",
  "omada",
  "wifidog",
  "meraki",
  "aruba",
  "ruckus",
] as const;
export type GatewayKind = (typeof GATEWAY_KINDS)[number];

/** openNDS's `fas_secure_enabled`. 0 is refused: it hands out the token itself. */
export const FAS_LEVELS = [1, 2, 3, 4] as const;
export type FasLevel = (typeof FAS_LEVELS)[number];

/** Kept sealed: it holds the secrets that the gateway and we share. */
export interface GatewaySettings {
  /** openNDS's faskey, CoovaChilli's uamsecret; null where the vendor has none. */
  readonly secret: string | null;
  /**
   * Where a browser may be sent to be let on: `http://192.168.1.1:2050`. Nothing else that a hand-off names is ever
   * followed. Scheme, host and port; no path.
   */
  readonly origins: readonly string[];
  /** openNDS only. */
  readonly level: FasLevel | null;
  /** What the gateway calls itself (openNDS's gatewayname, WiFiDog's gw_id, the NAS-Identifier); null: any. */
  readonly name: string | null;
  /** What FreeRADIUS shows us as `x-api-key`; null: this gateway's RADIUS server may not ask. */
  readonly radiusKey: string | null;
  /**
   * The operator takes the device that a hand-off names as it comes, though it comes through the browser: where a
   * gateway neither signs it nor names it itself (UniFi, Omada, Meraki's click-through), nobody is recognised otherwise.
   */
  readonly trustsHandOff: boolean;
}

export const NO_GATEWAY_SETTINGS: GatewaySettings = {
  secret: null,
  origins: [],
  level: null,
  name: null,
  radiusKey: null,
  trustsHandOff: false,
};
