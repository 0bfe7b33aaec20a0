// What the counter's pages need from whoever hosts them, named by guarantee, and what they show of a person: that and
// nothing else. No e-mail, and of a phone only its mask.

import type { PhoneNumber } from "../../schema/phone.ts";

export interface CounterVisit {
  readonly branch: string;
  readonly at: number;
  readonly timezone: string;
}

export interface CounterOrder {
  readonly at: number;
  readonly timezone: string;
  readonly items: readonly { readonly name: string; readonly quantity: number }[];
  /** As it was paid: `85000` and `VND`. */
  readonly total: string;
  readonly currency: string;
  /** Null: not at one of our branches. */
  readonly branch: string | null;
  readonly channel: string;
  readonly refunded: boolean;
}

/** The last that happened in an online channel. */
export interface CounterOnline {
  readonly channel: string;
  readonly at: number;
  readonly timezone: string;
}

export const STAGES = ["stranger", "new", "active", "regular", "lapsing", "lost"] as const;
export type CounterStage = (typeof STAGES)[number];

/** Why a part is not shown. */
export const LEFT_OUT = ["no_consent", "withdrawn", "not_linked"] as const;
export type LeftOut = (typeof LEFT_OUT)[number];

export type CounterPart<Part> = { readonly shown: Part } | { readonly leftOut: LeftOut };

export interface CounterPerson {
  readonly name: string | null;
  /** `0912 ••• 679`; null where no phone is known. */
  readonly phone: string | null;
  readonly interests: readonly string[];
  /** What was ordered most, by category. */
  readonly categories: readonly string[];
  readonly stage: CounterStage | null;
  readonly visits: CounterPart<{
    readonly total: number;
    /** At the branch of this counter; null where it is not known which that is. */
    readonly here: number | null;
    readonly last: readonly CounterVisit[];
  }>;
  readonly orders: CounterPart<{ readonly count: number; readonly last: readonly CounterOrder[] }>;
  /** The latest first. Nothing where orders are left out. */
  readonly online: readonly CounterOnline[];
  /** Whether the person may be written to. */
  readonly contact: Readonly<Record<"zalo" | "sms" | "email", boolean>>;
}

export type CounterAnswer =
  /** Two: the store's and the shop's, which the person has not allowed to be joined. */
  | { readonly kind: "found"; readonly people: readonly CounterPerson[] }
  /** Nobody, or nobody who allows anything. */
  | { readonly kind: "none" }
  /** The person asked that nothing be done with their data. */
  | { readonly kind: "restricted" }
  | { readonly kind: "code_used" | "code_expired" | "code_unknown" }
  | { readonly kind: "limited"; readonly retryAfterSeconds: number };

export interface CounterSession {
  /** Bound to the session; every form that does something sends it back. */
  readonly csrf: string;
  /** The key, or the operator, in the access log. */
  readonly actor: string;
}

export interface CounterAsk {
  readonly actor: string;
  readonly requestId: string;
  readonly branchId: string | null;
  readonly now: number;
}

export const COUNTER_TROUBLES = ["wrong_key", "foreign_form", "bad_form", "not_a_phone"] as const;
export type CounterTrouble = (typeof COUNTER_TROUBLES)[number];

export interface CounterPorts {
  /** Null once the session is over or its key was revoked. */
  session(request: Request): Promise<CounterSession | null>;
  /** Null for what is no key of the scope `counter`. */
  signIn(key: string): Promise<{ readonly cookie: string; readonly maxAgeSeconds: number } | null>;
  endSession(request: Request): Promise<void>;
  /** Open ones. */
  branches(): Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** Both write down who looked at whom. */
  byPhone(phone: PhoneNumber, ask: CounterAsk): Promise<CounterAnswer>;
  /** Uses the code up: of any number of calls at most one finds somebody. */
  byCode(code: string, ask: CounterAsk): Promise<CounterAnswer>;
  now(request: Request): number;
  /** Counts what was not answered. Must not throw and need not be awaited. */
  refused(trouble: CounterTrouble): void;
  report(error: unknown): void;
  readonly mode: "local" | "deployed";
}
