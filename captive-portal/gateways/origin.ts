// The allow-list of grant targets. An address from a hand-off is only ever compared with what the operator set.

import type { GatewaySettings } from "../../schema/gateways.ts";

/** `http://192.168.1.1:2050` of any address; null for what is no http address or carries credentials. */
export const originOf = (address: string): string | null => {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== "http:" && url.protocol !== "https:") return null;
  return url.username === "" && url.password === "" ? url.origin : null;
};

export const isAllowedTarget = (address: string, { origins }: Pick<GatewaySettings, "origins">): boolean => {
  const origin = originOf(address);
  return origin !== null && origins.includes(origin);
};
