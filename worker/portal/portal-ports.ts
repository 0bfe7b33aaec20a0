// The portal's ports over D1, the gates and the branch objects (guarantees: captive-portal/ports.ts).

import { waitUntil } from "cloudflare:workers";
import type { KnownGateways, PortalPorts } from "../../captive-portal/ports.ts";
import type { PortalRefusal } from "../../captive-portal/refusals.ts";
import type { Services } from "../services.ts";
import { isReturning } from "../store/returning-device.ts";
import { accessGrants } from "./access.ts";
import { branchTeller } from "./branch-teller.ts";
import { knownGateways } from "./known-gateways.ts";
import { limitedCodes } from "./codes.ts";
import { ledgerOf } from "./make-ledger.ts";
import { counterCodes } from "./counter.ts";
import { deviceTokens, personKeys } from "./keys.ts";
import { loginStates } from "./logins.ts";
import { ownSessions } from "./own-sessions.ts";
import { receiptsOf } from "./receipts.ts";
import { rightsParts } from "./rights/make-parts.ts";
import { emailsOf, rightsOf } from "./rights/rights.ts";
import { makeSeal } from "./seal.ts";
import { senderOf } from "./senders.ts";
import { shortSessions } from "./sessions.ts";
import { zaloOf } from "./zalo.ts";

export const portalPorts = (services: Services): PortalPorts => {
  const { settings, db } = services;
  const seal = makeSeal(settings.SEAL_KEYS);
  const keyOf = personKeys(settings.IDENTIFIER_KEYS);
  const gateways = knownGateways(services, emailsOf(settings) !== null);
  const tokenOf = deviceTokens(settings.DEVICE_KEYS);
  return {
    gateways,
    devices: { tokenOf: async (mac) => tokenOf(mac) },
    sessions: shortSessions(db, seal),
    own: ownSessions(db, seal),
    codes: limitedCodes(services.gates, (phone) => keyOf({ kind: "phone", phone })),
    sender: senderOf(services),
    ledger: ledgerOf(services),
    receipts: receiptsOf(services, gateways, seal),
    returning: { isReturning: (device, at) => isReturning(db, device, at) },
    rights: rightsOf(rightsParts(services, branchTeller(services))),
    counter: counterCodes(db, keyOf),
    access: accessGrants(services),
    zalo: zaloOf(settings),
    logins: loginStates(db, seal),
    refusals: {
      count: (reason, gatewayId) => {
        waitUntil(countRefusal(services, gateways, reason, gatewayId));
      },
    },
  };
};

const countRefusal = async (
  services: Services,
  gateways: KnownGateways,
  reason: PortalRefusal,
  gatewayId: string | null,
): Promise<void> => {
  const gateway = gatewayId === null ? null : await gateways.find(gatewayId);
  await services.count(gateway?.branchId ?? null, `portal_${reason}`);
};
