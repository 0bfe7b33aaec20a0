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

/** An operator was asked and made sure of who asked: how a record came about that was made for the person. */
export interface RequestProof {
  readonly kind: "request";
  readonly requestId: string;
}

/** Names the act of proving; a repeat of it is the same sign-in. */
export const proofId = (proof: Proof | RequestProof): string => {
  switch (proof.kind) {
    case "otp":
      return proof.messageId;
    case "zalo":
      return proof.loginId;
    case "request":
      return proof.requestId;
  }
};

/** What a page or a receipt may show: `0912 *** 679`, `Zalo`. */
export const maskPerson = (person: Person): string =>
  person.kind === "phone" ? maskPhone(person.phone) : "Zalo";

/** Tells persons apart where they are not stored. */
export const personKey = (person: Person): string =>
  person.kind === "phone" ? person.phone : `${person.appId}/${person.userId}`;
