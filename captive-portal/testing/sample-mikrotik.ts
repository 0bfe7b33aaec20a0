// A gateway of the made-up brand that is told by a form of the browser, and the hand-off it would make.

import type { GatewayId } from "../../schema/ids.ts";
import type { PortalGateway } from "../brand.ts";
import { MIKROTIK } from "../gateways/samples/vendors.ts";
import { SAMPLE_GATEWAY } from "./sample.ts";

export const SAMPLE_MIKROTIK: PortalGateway = {
  ...SAMPLE_GATEWAY,
  id: "gw_m1kr0t1k0000" as GatewayId,
  kind: "mikrotik",
  settings: { ...SAMPLE_GATEWAY.settings, origins: ["http://192.168.88.1"] },
};

export const MIKROTIK_HAND_OFF = `?${MIKROTIK}`;
