// Every kind of gateway with its file. A new vendor is one file and one line here.

import type { GatewayKind } from "../../schema/gateways.ts";
import type { Gateway } from "./gateway.ts";
import { link } from "./link.ts";

const GATEWAYS: Readonly<Partial<Record<GatewayKind, Gateway>>> = {
  link,
};

export const gatewayOf = (kind: GatewayKind): Gateway => {
  const gateway = GATEWAYS[kind];
  if (gateway === undefined) throw new Error(`There is no file for gateways of the kind ${kind}`);
  return gateway;
};
