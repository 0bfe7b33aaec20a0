// Every kind of gateway with its file. A new vendor is one file and one line here.

import type { GatewayKind } from "../../schema/gateways.ts";
import { coovachilli } from "./coovachilli.ts";
import type { Gateway } from "./gateway.ts";
import { link } from "./link.ts";
import { opennds } from "./opennds.ts";
import { aruba } from "./aruba.ts";
import { meraki } from "./meraki.ts";
import { mikrotik } from "./mikrotik.ts";
import { omada } from "./omada.ts";
import { ruckus } from "./ruckus.ts";
import { unifi } from "./unifi.ts";
import { wifidog } from "./wifidog.ts";

const GATEWAYS: Readonly<Partial<Record<GatewayKind, Gateway>>> = {
  link,
  opennds,
  coovachilli,
  mikrotik,
  unifi,
  omada,
  wifidog,
  meraki,
  aruba,
  ruckus,
};

export const gatewayOf = (kind: GatewayKind): Gateway => {
  const gateway = GATEWAYS[kind];
  if (gateway === undefined) throw new Error(`There is no file for gateways of the kind ${kind}`);
  return gateway;
};
