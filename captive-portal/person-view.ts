// Everything that is held about a person, in the words of the shopper's own page: what `Rights.view` answers.

import type { ConsentState, Purpose } from "../schema/consent.ts";
import type { BusinessDay } from "../schema/ids.ts";
import type { RequestKind } from "../schema/requests.ts";
import type { HeldPurchases } from "./purchases.ts";
import type { StandingGrant } from "./ports.ts";
import type { WordingShown } from "./session.ts";

export interface HeldIdentifier {
  /** `phone`, `email`, `zalo_app:{appId}`. */
  readonly kind: string;
  readonly value: string;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
}

/** What the person told of themselves. An e-mail counts only once it is verified. */
export interface HeldDetails {
  readonly name: string | null;
  readonly email: { readonly value: string; readonly verifiedAt: number | null } | null;
}

export interface HeldConsent {
  readonly purpose: Purpose;
  readonly state: ConsentState;
  readonly at: number;
  readonly wording: WordingShown & { readonly hash: string };
  /** Null for what was answered on the shopper's own page. */
  readonly branchName: string | null;
  readonly method: "portal_form" | "portal_withdrawal" | "import" | "request" | "operator";
  readonly receiptId: string;
  readonly sequence: number;
}

/** A device that stands to this person's name; its token is never told. */
export interface HeldDevice {
  /** 1, 2, …: in the order of the first sign-in. */
  readonly number: number;
  readonly firstSignInAt: number;
  readonly lastSignInAt: number;
  readonly lastBranchName: string | null;
  /** Whether it counts, or was put on the list of those that do not. */
  readonly counted: boolean;
}

export interface HeldVisit {
  readonly branchName: string;
  /** IANA name, to write the times in. */
  readonly timezone: string;
  readonly day: BusinessDay;
  readonly startedAt: number;
  readonly endedAt: number;
  /** False for one too short to count as a visit. */
  readonly counted: boolean;
}

/** The first visit at a branch, kept when the visits themselves are past their time. */
export interface HeldFirst {
  readonly branchName: string;
  readonly firstAt: number;
}

/** Who else gets to see something; the page has the words. */
export type Recipient = "hosting" | "code_sender" | "email_sender";

export type RetainedThing =
  | "identifiers"
  | "details"
  | "consents"
  | "devices"
  | "visits"
  | "first_visits"
  | "purchases"
  | "events"
  | "sessions"
  | "codes";

/** `days` null: until the person erases it. Consent proofs stay, sealed, after an erasure too. */
export interface Retention {
  readonly thing: RetainedThing;
  readonly days: number | null;
}

/** A request that waits to be done, with the days until which the person is answered and it is done. */
export interface HeldRequest {
  readonly id: string;
  readonly kind: RequestKind;
  readonly receivedAt: number;
  readonly replyDueAt: number;
  readonly dueAt: number;
}

export interface PersonView {
  readonly at: number;
  readonly identifiers: readonly HeldIdentifier[];
  readonly details: HeldDetails;
  /** In the order of `PURPOSES`. */
  readonly standing: readonly StandingGrant[];
  /** Oldest first. */
  readonly consents: readonly HeldConsent[];
  readonly devices: readonly HeldDevice[];
  /** Newest first. */
  readonly visits: readonly HeldVisit[];
  readonly firsts: readonly HeldFirst[];
  /** Empty unless the person consented to join them. */
  readonly purchases: HeldPurchases;
  /** Own requests that are open, oldest first. */
  readonly requests: readonly HeldRequest[];
  /** When this person was erased before; of that nothing but sealed proofs is left. */
  readonly erasedAt: readonly number[];
  readonly recipients: readonly Recipient[];
  readonly retention: readonly Retention[];
}
