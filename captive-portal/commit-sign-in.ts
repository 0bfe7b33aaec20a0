// Commits what was proven and chosen, and says the step that the session is at from then on. Nothing is granted here.

import type { PortalOptions, Visit } from "./options.ts";
import { type Person, type Proof, proofId } from "./person.ts";
import type { Choice, Step } from "./session.ts";

export type SignInCommitted =
  | { readonly kind: "committed"; readonly step: Step }
  | { readonly kind: "retry"; readonly afterMs: number };

/** Idempotent by the proof. */
export const commitSignIn = async (
  { ports }: PortalOptions,
  { gateway, session, now }: Visit,
  signIn: { readonly person: Person; readonly proof: Proof; readonly choices: readonly Choice[] },
): Promise<SignInCommitted> => {
  const { person, proof } = signIn;
  const committed = await ports.ledger.commit({
    ...signIn,
    id: proofId(proof),
    device: session.vouched ? session.device : null,
    gatewayId: gateway.id,
    branchId: gateway.branchId,
    now,
  });
  if (committed.kind === "retry") {
    ports.refusals.count("ledger_retry", gateway.id);
    return committed;
  }
  const { receiptId } = committed;
  const claims = session.vouched ? null : session.device;
  return { kind: "committed", step: { at: "signed_in", person, proof, receiptId, signedInAt: now, claims } };
};
