// A shopper's way through the portal, kept by us under an unguessable address because assistants lose cookies and are
// closed at any moment. Every page can be drawn from it alone.

import type { ConsentState, Purpose } from "../schema/consent.ts";
import type { DeviceToken, GatewayId } from "../schema/ids.ts";
import type { PhoneNumber } from "../schema/phone.ts";
import type { GatewayLink } from "./gateways/gateway.ts";
import type { Language } from "./language.ts";
import type { Person, Proof } from "./person.ts";
import type { SentBy } from "./sent-by.ts";

/** The exact words a shopper was shown beside one box. */
export interface WordingShown {
  readonly id: string;
  readonly version: string;
  readonly language: Language;
  readonly text: string;
}

/** One box as it was left: ticked is granted, empty is refused. */
export interface Choice {
  readonly purpose: Purpose;
  readonly state: Extract<ConsentState, "granted" | "refused">;
  readonly wording: WordingShown;
  readonly toldSensitive: boolean;
}

/** A code that is on its way, as the page that asks for it shows it. */
export interface SentCode {
  readonly phone: PhoneNumber;
  readonly expiresAt: number;
  /** `resumed`: a code that was still valid when the phone was typed again. */
  readonly sent: "now" | "resumed";
  /** Null where it is not known any more. */
  readonly by: SentBy | null;
  /** Local mode only: there the page shows it. */
  readonly localCode: string | null;
}

export type Step =
  | { readonly at: "choosing" }
  | { readonly at: "guest"; readonly because: "chosen" | "not_16" }
  | ({ readonly at: "code"; readonly choices: readonly Choice[] } & SentCode)
  /** On the way to Zalo and back, in the phone's own browser. */
  | {
      readonly at: "zalo";
      readonly choices: readonly Choice[];
      readonly loginId: string;
      /** Good until `expiresAt`. */
      readonly shortCode: string;
      readonly expiresAt: number;
      /** Address of the session in which the browser that came back is asked; never shown in this one. */
      readonly confirmedAt: string | null;
    }
  /** Zalo vouched for somebody; the browser that came back has yet to say that it began this, and agrees. */
  | {
      readonly at: "confirm";
      readonly person: Person;
      readonly proof: Proof;
      readonly choices: readonly Choice[];
      /** Address of the session in which it began. */
      readonly begunAt: string;
    }
  /**
   * Somebody was proven here, and the session went on under an address that only their browser knows: this one may have
   * been sent to them by somebody else, who may not read what hangs on the proof.
   */
  | {
      readonly at: "elsewhere";
      readonly proofId: string;
      readonly nextId: string;
      /** Whoever types its code again, after a lost answer, is led on; null: it was not by phone. */
      readonly phone: PhoneNumber | null;
    }
  | {
      readonly at: "signed_in";
      readonly person: Person;
      readonly proof: Proof;
      readonly receiptId: string;
      readonly signedInAt: number;
      /** A device that is the person's as soon as the gateway names it too; null: none, or done. */
      readonly claims: DeviceToken | null;
    }
  /** Let on because the device was; nobody was proven, so nothing personal may be shown or changed. */
  | { readonly at: "returned" };

/** The grant this session asked for last. */
export interface Access {
  readonly grantId: string;
  readonly reason: AccessReason;
  readonly username: string;
  readonly password: string;
  readonly minutes: number;
  readonly askedAt: number;
  readonly until: number;
}

export type AccessReason = "signed_in" | "guest" | "returned" | "zalo_window";

export interface PortalSession {
  readonly id: string;
  /** Random; every form carries it. */
  readonly formToken: string;
  readonly gatewayId: GatewayId;
  /** Null where the hand-off names no usable device. */
  readonly device: DeviceToken | null;
  /** What the gateway's own file needs to let this client on. */
  readonly link: GatewayLink;
  /** The gateway's id of this client's session, where it has one. */
  readonly clientKey: string | null;
  /** The gateway said at the hand-off that the device is on. */
  readonly alreadyOn: boolean;
  /** Whether the gateway's secret vouches for `device`. Else a sign-in waits for the gateway to name it. */
  readonly vouched: boolean;
  /** A device whose owner was proven here within the brand's period when the session was opened. */
  readonly returning: boolean;
  readonly access: Access | null;
  readonly language: Language;
  /** Names the wordings that the first page last showed in this session (see `wordingSet`). */
  readonly shown: string;
  readonly step: Step;
  readonly openedAt: number;
  readonly expiresAt: number;
  readonly revision: number;
}

/** Somebody was proven, here or under the address it went on to: nothing may take the step back. */
export const isProven = (step: Step): boolean => step.at === "signed_in" || step.at === "elsewhere";
