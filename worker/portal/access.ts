// Grants through the branch's access object (guarantees: `AccessGrants` in captive-portal/ports.ts).

import type { AccessGrants } from "../../captive-portal/access.ts";
import type { Services } from "../services.ts";

export const accessGrants = (services: Services): AccessGrants => ({
  allow: (ask) => {
    // Only what the object needs: the whole plan would carry the browser's step along.
    const { agent, queue, asks } = ask.plan;
    return services.access(ask.branchId).allow({ ...ask, plan: { agent, queue, asks } });
  },
  state: (grantId, { branchId, now }) => services.access(branchId).state(grantId, now),
  byClient: (clientKey, { gatewayId, branchId, now }) =>
    services.access(branchId).byClient(clientKey, gatewayId, now),
});
