// A device becomes a person's only when its gateway vouches for it: by the hand-off's signature, or afterwards by naming
// it for the grant. Otherwise anybody could sign in on a stranger's device and then read where it has been.

import type { PortalOptions, Visit } from "./options.ts";
import type { AccessSeen } from "./access.ts";
import type { PortalSession } from "./session.ts";

/** The session without what it claimed, if `seen` names the device now; else the session as it is. */
export const claimDevice = async (
  { ports }: PortalOptions,
  { gateway, session, now }: Visit,
  seen: Pick<AccessSeen, "device">,
): Promise<PortalSession> => {
  const { step } = session;
  if (step.at !== "signed_in" || step.claims === null || seen.device === null) return session;
  if (seen.device !== step.claims) {
    ports.refusals.count("foreign_device", gateway.id);
    return session;
  }
  const { person, signedInAt: at, claims: device } = step;
  const claimed = await ports.ledger.claim({ person, device, branchId: gateway.branchId, at, now });
  if (claimed.kind === "retry") {
    // The next look at the page tries again.
    ports.refusals.count("ledger_retry", gateway.id);
    return session;
  }
  const next = { ...session, step: { ...step, claims: null } };
  // A conflict is no harm: a repeat of the claim changes nothing.
  return (await ports.sessions.save(next)) === "saved" ? { ...next, revision: session.revision + 1 } : next;
};
