// A gateway of the made-up brand that must be told whom to let on, and the hand-off it would make.

import type { GatewayId } from "../../schema/ids.ts";
import type { PortalGateway } from "../brand.ts";
import { SAMPLE_GATEWAY } from "./sample.ts";

export const SAMPLE_FASKEY = "0f".repeat(32);
export const SAMPLE_MAC = "02:1a:2b:3c:4d:5e";
/** SHA-256 of the token `1a2b3c4d` in hex, as the gateway tells it. */
export const SAMPLE_HID = "0a05d7b27cc7a2b1ca704adcbd1d6e3ab2c19ece000586f03bceeabf24547e43";

export const SAMPLE_OPENNDS: PortalGateway = {
  ...SAMPLE_GATEWAY,
  id: "gw_0p3nnds0000" as GatewayId,
  kind: "opennds",
  settings: {
    secret: SAMPLE_FASKEY,
    origins: ["http://192.168.66.1:2050"],
    level: 1,
    name: null,
    radiusKey: null,
    trustsHandOff: false,
  },
};

/** The query of a hand-off at level 1. */
export const sampleFas = (change: Readonly<Record<string, string>> = {}): string => {
  const fields = {
    hid: SAMPLE_HID,
    clientip: "192.168.66.73",
    clientmac: SAMPLE_MAC,
    client_type: "cpd_can",
    gatewayname: "Quan1",
    gatewayaddress: "192.168.66.1:2050",
    originurl: "http%3a%2f%2fcaptive.apple.com%2f",
    ...change,
  };
  const text = Object.entries(fields).map(([name, value]) => `${name}=${value}`);
  return `?fas=${encodeURIComponent(btoa(text.join(", ")))}`;
};
