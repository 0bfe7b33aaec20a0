// What a shopper may do with what is held about them (design section 5), as a port: see, copy, correct, be counted no
// more, be erased. Every method but `verifyEmail`, `certificate` and `excludeStaff` needs a person proven in that
// session; withdrawing a purpose is `SignInLedger.withdraw`.

import type { DeviceToken } from "../schema/ids.ts";
import type { RequestKind } from "../schema/requests.ts";
import type { Language } from "./language.ts";
import type { OwnAsk } from "./own/asking.ts";
import type { Person, Proof } from "./person.ts";
import type { PersonView } from "./person-view.ts";
import type { WordingShown } from "./session.ts";

/** Absent: stays as it is. Null: removed. */
export interface Correction {
  readonly name?: string | null;
  readonly email?: string | null;
}

export interface CorrectionAsk {
  readonly proof: Proof;
  readonly language: Language;
  /** Address of the portal as the shopper sees it; the link is `{origin}{EMAIL_LINK_PATH}{token}`. */
  readonly origin: string;
  /** The brand's name, for the message. */
  readonly brand: string;
  readonly now: number;
}

/** GET shows a button and POST verifies, because mail scanners follow links. */
export const EMAIL_LINK_PATH = "/me/email/";

export type Corrected =
  | {
      readonly kind: "kept";
      /**
       * `sent`: a link is on its way. `verified`: the same address, verified before. `not_sent`: it is kept and does not
       * count; the same correction tries again. `limited`: too many links in 24 h. `none`: there is none.
       */
      readonly email: "sent" | "verified" | "not_sent" | "limited" | "unchanged" | "none";
      /** Local mode only: there the page shows it. */
      readonly localLink: string | null;
    }
  | { readonly kind: "invalid"; readonly field: "name" | "email" }
  /** Nothing is held of this person, so nothing is added: details belong to a sign-in. */
  | { readonly kind: "unknown" }
  | { readonly kind: "retry"; readonly afterMs: number };

/** `stale`: the person has given another address since. */
export type EmailVerdict =
  | { readonly kind: "verified" }
  | { readonly kind: "refused"; readonly reason: "unknown" | "expired" | "used" | "stale" };

/** `unknown`: nothing is held of this person. `limited`: several wait already. */
export type RequestReceived =
  | { readonly kind: "received"; readonly id: string; readonly replyDueAt: number; readonly dueAt: number }
  | { readonly kind: "unknown" }
  | { readonly kind: "limited" };

export interface CountingAsk {
  /** The session's device; null where the hand-off named none. */
  readonly device: DeviceToken | null;
  /** Also every other device that stands to the person's name. */
  readonly every: "this" | "all";
  readonly now: number;
}

export interface EraseAsk {
  /** Made beforehand, from the session; a repeat answers the same certificate. Not to be guessed. */
  readonly id: string;
  /** The words beside the button; they are recorded with the withdrawal of each standing purpose. */
  readonly wording: WordingShown;
  readonly proof: Proof;
  readonly now: number;
}

export type Erased =
  | { readonly kind: "erased"; readonly certificateId: string; readonly at: number }
  | { readonly kind: "retry"; readonly afterMs: number };

/** What may be shown to whoever has the address: it names nobody. */
export interface ErasureCertificate {
  readonly id: string;
  readonly at: number;
  /** How many rows of each thing were removed. */
  readonly removed: Readonly<Record<RemovedThing, number>>;
  /** Consent records that stay, sealed. */
  readonly sealedProofs: number;
  /**
   * Purchases are held under the same number or address, and are not joined with this person: the shop was asked to erase
   * them until then. Null where there are none.
   */
  readonly purchasesDueAt: number | null;
  readonly hash: string;
  readonly signature: string;
  readonly keyId: string;
}

export type RemovedThing =
  | "identifiers"
  | "events"
  | "details"
  | "devices"
  | "visits"
  | "first_visits"
  | "dead_letters"
  | "orders"
  | "traits"
  | "evidence"
  | "changes";

export type StaffVerdict =
  | { readonly kind: "excluded" }
  | { readonly kind: "refused"; readonly reason: "unknown" | "expired" | "no_device" };

export interface Rights {
  /** Whether an e-mail can be verified here; without it none is asked for. */
  readonly verifiesEmail: boolean;
  /** Everything held, as it stands; of what happened online how much in each channel. One read of the database. */
  view(person: Person, now: number): Promise<PersonView>;
  /** The same with all that happened online one by one: `personCopy` makes the JSON copy of it. */
  copy(person: Person, now: number): Promise<PersonView>;
  correct(person: Person, correction: Correction, ask: CorrectionAsk): Promise<Corrected>;
  /** Single use, 24 h, bound to the person and the address. */
  verifyEmail(token: string, now: number): Promise<EmailVerdict>;
  /**
   * Both were proven in one session, so they are one person's. `id` names the second proof; a repeat changes nothing.
   * Consents stay with the identifier they were given by.
   */
  join(
    person: Person,
    other: Person,
    ask: { readonly id: string; readonly now: number },
  ): Promise<{ readonly kind: "joined" } | { readonly kind: "unknown" }>;
  /** Opens a request for a person of the brand; the words are sealed. */
  request(
    person: Person,
    asked: { readonly kind: OwnAsk; readonly text: string },
    now: number,
  ): Promise<RequestReceived>;
  /** Notes that the page did at once what the person has a right to. `as` names the deed, so that a repeat is the same. */
  fulfilled(
    person: Person,
    done: { readonly kind: RequestKind; readonly as: string },
    now: number,
  ): Promise<void>;
  /** Not to be counted any more: needs no person for the device at hand. Answers how many devices are out now. */
  optOut(person: Person | null, ask: CountingAsk): Promise<{ readonly devices: number }>;
  /** Needs a person: a device's address can be forged, and being counted again is nobody else's choice. */
  optIn(person: Person, ask: CountingAsk): Promise<{ readonly devices: number }>;
  /**
   * Withdraws every standing purpose, then removes all that is held, in one batch before it answers. Sessions end by
   * themselves within 2 h; the caller empties its own. Facts from before that come later are dropped as `erased`.
   */
  erase(person: Person, ask: EraseAsk): Promise<Erased>;
  certificate(id: string): Promise<ErasureCertificate | null>;
  /** A device of the staff is counted nowhere. The code is made by an operator and works for 24 h, for any number. */
  excludeStaff(
    code: string,
    device: DeviceToken | null,
    ask: { readonly now: number },
  ): Promise<StaffVerdict>;
}

export interface EmailLink {
  readonly messageId: string;
  readonly to: string;
  readonly url: string;
  readonly brand: string;
  readonly language: Language;
  readonly expiresAt: number;
  readonly now: number;
}

export type LinkOutcome =
  | { readonly kind: "done"; readonly localLink: string | null }
  | { readonly kind: "retry"; readonly afterMs: number }
  | { readonly kind: "refuse"; readonly reason: string };

/** `done` means that a provider has taken it over. A `local` sender shows links and exists in local mode only. */
export interface EmailSender {
  readonly reach: "local" | "remote";
  sendLink(link: EmailLink): Promise<LinkOutcome>;
}
