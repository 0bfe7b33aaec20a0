// One gateway of a made-up brand, for tests and for looking at the pages.

import { NO_GATEWAY_SETTINGS } from "../../schema/gateways.ts";
import type { BranchId, GatewayId } from "../../schema/ids.ts";
import type { PortalGateway } from "../brand.ts";

export const SAMPLE_GATEWAY: PortalGateway = {
  id: "gw_4k7m2q9x8r1t" as GatewayId,
  kind: "link",
  settings: NO_GATEWAY_SETTINGS,
  branchId: "quan-1" as BranchId,
  branchName: "Quận 1",
  timezone: "Asia/Ho_Chi_Minh",
  brand: {
    name: "Cà phê Mẫu",
    colour: "#0b5d4b",
    logo: null,
    controller: { name: "Công ty Cà phê Mẫu", contact: "privacy@example.vn" },
    landingUrl: "https://example.vn/",
    texts: {},
  },
  offered: ["visit_recognition", "profile_linking", "marketing_zalo", "marketing_sms"],
  policy: { signedInMinutes: 480, guestMinutes: 60, guestPass: true, returningDays: 30 },
};
