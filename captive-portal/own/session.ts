// A visit to the shopper's own page, `/me`. It opens by a proof made in it and by nothing else, lives for half an hour
// under an unguessable address, and belongs to no store.

import type { DeviceToken, GatewayId } from "../../schema/ids.ts";
import type { PhoneNumber } from "../../schema/phone.ts";
import type { Language } from "../language.ts";
import type { Person, Proof } from "../person.ts";
import type { SentCode } from "../session.ts";

export type OwnStep =
  | { readonly at: "asking" }
  | ({ readonly at: "code" } & SentCode)
  | { readonly at: "proven"; readonly person: Person; readonly proof: Proof }
  /** Proven, and a code is on its way to a phone of the same person. */
  | ({ readonly at: "adding"; readonly person: Person; readonly proof: Proof } & SentCode)
  /** Proven, and gone on under an address that only the browser knows in which it was. */
  | { readonly at: "elsewhere"; readonly phone: PhoneNumber; readonly nextId: string }
  | { readonly at: "erased"; readonly certificateId: string };

export interface OwnSession {
  readonly id: string;
  readonly formToken: string;
  /** The gateway it was come from, for the brand's looks there; null: from home. */
  readonly from: GatewayId | null;
  /** The device in hand, where a gateway named it; null: from home. */
  readonly device: DeviceToken | null;
  readonly language: Language;
  readonly step: OwnStep;
  readonly openedAt: number;
  readonly expiresAt: number;
  readonly revision: number;
}

export interface NewOwnSession {
  readonly from: GatewayId | null;
  readonly device: DeviceToken | null;
  readonly language: Language;
  readonly step: OwnStep;
  readonly now: number;
}

/** As `ShortSessions`, but gone after 30 minutes: personal data hangs on it. */
export interface OwnSessions {
  open(session: NewOwnSession): Promise<OwnSession>;
  find(id: string, now: number): Promise<OwnSession | null>;
  save(session: OwnSession): Promise<"saved" | "conflict">;
  /** The shopper leaves, or is erased: the address opens nothing any more. */
  end(id: string): Promise<void>;
}
