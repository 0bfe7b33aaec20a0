// What a shopper must reach before being let on. The probe addresses of phones must never be in it, or no phone would
// show the portal; Zalo's sign-in runs behind a short grant and needs none of it.

import type { ConfigInput } from "./config.ts";

export const portalHost = ({ base }: Pick<ConfigInput, "base">): string => new URL(base).hostname;

/** 443, or the port of a portal on one machine. */
export const portalPort = ({ base }: Pick<ConfigInput, "base">): string => {
  const { port, protocol } = new URL(base);
  if (port !== "") return port;
  return protocol === "https:" ? "443" : "80";
};
