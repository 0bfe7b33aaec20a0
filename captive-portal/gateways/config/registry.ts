// Every kind of gateway with the file that prints its configuration. A new vendor is one file and one line here.

import type { GatewayKind } from "../../../schema/gateways.ts";
import type { ConfigInput, ConfigOf } from "./config.ts";
import { coovachilliConfig } from "./coovachilli.ts";
import { linkConfig } from "./link.ts";
import { openndsConfig } from "./opennds.ts";
import { wifidogConfig } from "./wifidog.ts";
import { arubaConfig } from "./aruba.ts";
import { merakiConfig } from "./meraki.ts";
import { mikrotikConfig } from "./mikrotik.ts";
import { omadaConfig } from "./omada.ts";
import { ruckusConfig } from "./ruckus.ts";
import { unifiConfig } from "./unifi.ts";

const CONFIGS: Readonly<Partial<Record<GatewayKind, ConfigOf>>> = {
  link: linkConfig,
  opennds: openndsConfig,
  coovachilli: coovachilliConfig,
  wifidog: wifidogConfig,
  mikrotik: mikrotikConfig,
  unifi: unifiConfig,
  omada: omadaConfig,
  meraki: merakiConfig,
  aruba: arubaConfig,
  ruckus: ruckusConfig,
};

export const configOf = (kind: GatewayKind, input: ConfigInput): string => {
  const config = CONFIGS[kind];
  if (config === undefined) throw new Error(`There is no configuration to print for the kind ${kind}`);
  return config(input);
};
