// The operator's own address for what a hand-off names. The answer is always one of the settings', so nothing that came
// through the client becomes an address.

import type { GatewaySettings } from "../../schema/gateways.ts";
import { originOf } from "./origin.ts";

type Listed = Pick<GatewaySettings, "origins">;

/** For a whole address: `http://192.168.88.1/login`. */
export const listedOrigin = (address: string, { origins }: Listed): string | null => {
  const origin = originOf(address);
  return origins.find((one) => one === origin) ?? null;
};

/** For a bare host name or IPv4 address: scheme and port are the operator's. */
export const listedHost = (host: string, { origins }: Listed): string | null => {
  const wanted = host.toLowerCase();
  return origins.find((one) => URL.canParse(one) && new URL(one).hostname === wanted) ?? null;
};
