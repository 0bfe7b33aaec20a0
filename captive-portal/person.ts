// Who proved to be there: a phone that typed its code, or an account that Zalo vouched for. The two are different
// identifiers; nothing here says that they are one person.

import { type PhoneNumber, maskPhone } from "../schema/phone.ts";

export type Person =
  | { readonly kind: "phone"; readonly phone: PhoneNumber }
  /** Ids are strings: they exceed 2^53. An id means nothing outside its app. */
  | { readonly kind: "zalo"; readonly appId: string; readonly userId: string };

/** How it was proven; part of every consent record. Ids are ours and hold no personal value. */
export type Proof =
  | { readonly kind: "otp"; readonly messageId: string }
  | { readonly kind: "zalo"; readonly loginId: string };

/** Names the act of proving; a repeat of it is the same sign-in. */
export const proofId = (proof: Proof): string => (proof.kind === "otp" ? proof.messageId : proof.loginId);

/** What a page or a receipt may show: `0912 *** 679`, `Zalo`. */
export const maskPerson = (person: Person): string =>
  person.kind === "phone" ? maskPhone(person.phone) : "Zalo";

/** Tells persons apart where they are not stored. */
export const personKey = (person: Person): string =>
  person.kind === "phone" ? person.phone : `${person.appId}/${person.userId}`;
