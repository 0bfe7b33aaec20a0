// One entry of the consent ledger (design section 5): what somebody answered, to exactly which words, and how we know
// it was that person. Append-only; entries of one subject form a hash chain.

import type { ConsentState, Purpose } from "../../../schema/consent.ts";
import type { BranchId, GatewayId, SubjectKey } from "../../../schema/ids.ts";

/** Proof of who answered. `none` is for imports, which are never the person's own act. */
export type ConsentProof =
  | { readonly kind: "otp"; readonly messageId: string }
  /** Our id of the exchange with Zalo: the account itself is the subject, and a personal value. */
  | { readonly kind: "zalo"; readonly loginId: string }
  /** An operator was asked, and made sure of who asked; the request says how. */
  | { readonly kind: "request"; readonly requestId: string }
  | { readonly kind: "none" };

/**
 * `portal_form`: own unticked box a purpose; `portal_withdrawal`: the withdraw button after proof; `request`: an operator
 * did what the person asked for; `operator`: the brand itself ended it. Only withdrawals are made in the last two ways.
 */
export type ConsentMethod = "portal_form" | "portal_withdrawal" | "import" | "request" | "operator";

/** Names the exact words that were shown; the text itself is kept under its hash. */
export interface ShownWording {
  readonly id: string;
  readonly version: string;
  /** SHA-256 of the text in UTF-8, lower-case hex. */
  readonly hash: string;
  readonly language: string;
}

/** What the ledger is asked to append, before it has its place in the chain. */
export interface ConsentStatement {
  readonly subject: SubjectKey;
  readonly purpose: Purpose;
  readonly state: ConsentState;
  readonly wording: ShownWording;
  readonly branchId: BranchId | null;
  readonly gatewayId: GatewayId | null;
  readonly at: number;
  readonly method: ConsentMethod;
  readonly proof: ConsentProof;
  readonly toldSensitive: boolean;
  readonly userInitiated: boolean;
}

/** A statement in its place: exactly the fields that are hashed and signed. */
export interface ConsentEntry extends ConsentStatement {
  readonly format: "quen-consent-1";
  /** 1 for the first entry of a subject, then without gaps. */
  readonly sequence: number;
  /** Hash of the entry before; null for the first. */
  readonly previous: string | null;
}

export interface SealedConsent {
  readonly entry: ConsentEntry;
  /** SHA-256 of the canonical entry in UTF-8, lower-case hex. */
  readonly hash: string;
  /** Ed25519 over the canonical entry in UTF-8, base64url, by the key that `keyId` names. */
  readonly signature: string;
  readonly keyId: string;
}
