// What a login with Zalo needs of its mounter: Zalo itself, and a place where a login that is under way can be found
// by its short code or its state. `testing/logins-contract.ts` is the executable form of the latter's promises.

import type { GatewayId } from "../../schema/ids.ts";

/** `code`: Zalo does not know its code any more. `abroad`: Zalo answers Vietnamese addresses only. */
export type ZaloRefusal = "code" | "settings" | "abroad" | "malformed" | "silent" | "other";

/** `retry`: nothing was used up, the same code may be tried again. */
export type ZaloExchange =
  | { readonly kind: "done"; readonly userId: string }
  | { readonly kind: "retry"; readonly afterMs: number }
  | { readonly kind: "refuse"; readonly reason: ZaloRefusal };

/** Asks for the id alone: a name or a picture is not needed to recognise somebody. Tokens are never stored. */
export interface ZaloLogin {
  readonly appId: string;
  permissionUrl(ask: {
    readonly state: string;
    readonly challenge: string;
    readonly redirectUri: string;
  }): string;
  exchange(code: string, verifier: string): Promise<ZaloExchange>;
}

/** Who began the login, and so where it leads. */
export type LoginPurpose =
  | { readonly kind: "portal"; readonly gatewayId: GatewayId; readonly sessionId: string }
  | { readonly kind: "me"; readonly sessionId: string };

export interface PendingLogin {
  /** Becomes the proof's id. */
  readonly id: string;
  readonly purpose: LoginPurpose;
  /** 50 bits, typed by people; leads to Zalo until `codeExpiresAt`. */
  readonly code: string;
  /** 192 bits; brings back from Zalo until `expiresAt`. */
  readonly state: string;
  readonly verifier: string;
  readonly codeExpiresAt: number;
  readonly expiresAt: number;
}

export type LoginFound =
  | { readonly kind: "open"; readonly login: PendingLogin }
  | { readonly kind: "used"; readonly login: PendingLogin }
  | { readonly kind: "expired" }
  | { readonly kind: "unknown" };

/** `repeated`: the very same answer came again, a reload. `used`: another one came first. */
export type LoginTaken =
  | { readonly kind: "taken" | "repeated"; readonly login: PendingLogin }
  | { readonly kind: "used" | "expired" | "unknown" };

/** Sealed at rest; codes, states and answers are kept as hashes only. */
export interface LoginStates {
  open(ask: { readonly purpose: LoginPurpose; readonly now: number }): Promise<PendingLogin>;
  /** By code as it was made, in capitals without a dash. A used login is found until it expires. */
  find(by: { readonly code: string } | { readonly state: string }, now: number): Promise<LoginFound>;
  /** Binds the state to the answer that Zalo gave. Of several answers one is `taken`. */
  take(state: string, answer: string, now: number): Promise<LoginTaken>;
  /** The answer could not be used yet; it may be taken again. */
  release(state: string, answer: string): Promise<void>;
}
