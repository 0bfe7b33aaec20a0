// Every kind of gateway with the file that prints its configuration. A new vendor is one file and one line here.

import type { GatewayKind } from "../../../schema/gateways.ts";
import type { ConfigInput, ConfigOf } from "./config.ts";
import { linkConfig } from "./link.ts";

const CONFIGS: Readonly<Partial<Record<GatewayKind, ConfigOf>>> = {
  link: linkConfig,
};

export const configOf = (kind: GatewayKind, input: ConfigInput): string => {
  const config = CONFIGS[kind];
  if (config === undefined) throw new Error(`There is no configuration to print for the kind ${kind}`);
  return config(input);
};
