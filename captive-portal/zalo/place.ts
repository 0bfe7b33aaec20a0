// Where a login that came back from Zalo leads. Whoever starts logins for a purpose of its own answers with a place;
// the callback does the rest: state, exchange, and every page on which it goes wrong.

import type { Context } from "hono";
import type { Brand } from "../brand.ts";
import type { Language } from "../language.ts";
import type { PortalEnv } from "../options.ts";
import type { Person, Proof } from "../person.ts";
import type { PendingLogin } from "./ports.ts";

export interface ZaloPlace {
  readonly brand: Brand | null;
  readonly language: Language;
  /** For who cannot or does not want to sign in by Zalo; null: it is at `waitAt`. */
  readonly otherWay: string | null;
  /** Where this login can be waited for, or begun again. */
  readonly waitAt: string;
  /** Where this very login has led already; null while it has not. */
  readonly ledTo: string | null;
  /**
   * Zalo vouched for `person`. Called once a login; `proof.loginId` names it should its work be repeated all the same.
   * Whoever began a login may have sent its address to somebody else, so what shows personal data must open under a new
   * address in the browser that came back.
   */
  readonly proven: (proven: ZaloProven) => Promise<Response>;
}

export interface ZaloProven {
  readonly person: Extract<Person, { readonly kind: "zalo" }>;
  readonly proof: Extract<Proof, { readonly kind: "zalo" }>;
}

/** Null where what began the login is over. */
export type FindPlace = (
  c: Context<PortalEnv>,
  login: PendingLogin,
  now: number,
) => Promise<ZaloPlace | null>;

/** One a purpose. */
export type ZaloPlaces = Readonly<Record<PendingLogin["purpose"]["kind"], FindPlace>>;
