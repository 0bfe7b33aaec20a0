// All visible text that is no evidence, as one typed table a language. Values that come from outside are arguments.

import type { ConsentState } from "../../schema/consent.ts";
import type { PhoneRefusal } from "../../schema/phone.ts";
import type { Language } from "../language.ts";
import type { SentBy } from "../sent-by.ts";
import type { Proof, RequestProof } from "../person.ts";
import type { CounterCopy } from "./counter-copy.ts";
import { en } from "./en.ts";
import type { OwnCopy } from "./own-copy.ts";
import { vi } from "./vi.ts";
import type { ZaloCopy } from "./zalo-copy.ts";

/** What a brand may say in its own words. */
export interface BrandTexts {
  readonly title?: string | undefined;
  readonly intro?: string | undefined;
  readonly thanks?: string | undefined;
}

/** Pages that end the way, each with what to do next. */
export const NOTICES = [
  "unknown_gateway",
  "session_gone",
  "elsewhere",
  "own_gone",
  "foreign_form",
  "receipt_unknown",
  "not_found",
  "unavailable",
] as const;
export type NoticeKind = (typeof NOTICES)[number];

/** What can be wrong with a code, beside how many attempts are left. */
export type CodeTrouble = "malformed" | "expired" | "used" | "too_many" | "none";

export interface Copy {
  readonly language: Language;
  readonly otherLanguage: { readonly code: Language; readonly name: string };
  readonly localMode: string;
  readonly errorTitle: string;
  readonly errorPrefix: string;
  readonly choose: {
    readonly title: (branch: string) => string;
    readonly intro: string;
    /** Link to the guest's button, which is below the form. */
    readonly introGuest: string;
    readonly phone: string;
    readonly phoneHint: string;
    readonly phoneExample: string;
    readonly adult: string;
    readonly legend: (brand: string) => string;
    readonly legendHint: string;
    readonly submit: string;
    readonly zalo: string;
    readonly or: string;
    readonly guest: string;
    readonly guestHint: string;
  };
  readonly phoneRefused: Readonly<Record<PhoneRefusal, string>>;
  readonly wordingChanged: string;
  /** Goes on with `orGuest` where the brand has the guest pass, else with nothing. */
  readonly limited: (by: "phone" | "device" | "branch", wait: string, or: string) => string;
  readonly senderRetry: (or: string) => string;
  readonly senderRefused: (or: string) => string;
  readonly orGuest: string;
  readonly ledgerRetry: string;
  readonly wait: (ms: number) => string;
  readonly code: {
    readonly title: string;
    readonly sent: (phone: string, by: SentBy | null) => string;
    readonly resumed: (phone: string, by: SentBy | null) => string;
    readonly valid: (minutes: number) => string;
    readonly label: string;
    readonly submit: string;
    readonly localCode: string;
    readonly localInLog: string;
    readonly missing: string;
    readonly lookInZalo: string;
    readonly bySms: string;
    /** The SMS that was asked for after Zalo could not be sent; the code by Zalo is still good. */
    readonly smsFailed: (or: string) => string;
    readonly again: string;
    readonly otherPhone: string;
    readonly wrong: (attemptsLeft: number) => string;
    readonly trouble: Readonly<Record<CodeTrouble, string>>;
  };
  /** One tap for a device that was let on before: no name, nothing personal. */
  readonly back: {
    readonly title: string;
    readonly text: string;
    readonly submit: string;
    readonly other: string;
  };
  /** While the gateway lets the device on. */
  readonly connect: {
    readonly title: string;
    readonly text: string;
    readonly submit: string;
    readonly tapTitle: string;
    readonly tapText: string;
    readonly slowTitle: string;
    readonly slowText: string;
    /** Before `slowText`, where somebody was proven. */
    readonly slowStored: string;
    readonly retry: string;
  };
  readonly done: {
    readonly title: string;
    readonly thanks: (brand: string) => string;
    readonly guestTitle: string;
    readonly guestText: string;
    readonly not16Text: string;
    readonly not16Back: string;
    readonly signIn: string;
    /** Link to the shopper's own page. */
    readonly mine: string;
    readonly uncount: string;
    readonly uncounted: string;
    readonly returnedTitle: string;
    readonly returnedText: string;
    readonly goOn: string;
    readonly standing: string;
    readonly standingNone: string;
    readonly since: (day: string) => string;
    readonly withdraw: string;
    readonly withdrawn: (label: string) => string;
    readonly receipt: string;
  };
  readonly zalo: ZaloCopy;
  readonly staff: {
    readonly link: string;
    readonly title: string;
    readonly text: string;
    readonly code: string;
    readonly submit: string;
    readonly done: string;
    readonly back: string;
    readonly refused: Readonly<Record<"unknown" | "expired" | "no_device", string>>;
  };
  readonly own: OwnCopy;
  readonly counter: CounterCopy;
  readonly receipt: {
    readonly title: string;
    readonly printHint: string;
    readonly place: string;
    readonly person: string;
    readonly proof: string;
    readonly proofText: Readonly<Record<(Proof | RequestProof)["kind"], (id: string) => string>>;
    readonly number: string;
    readonly at: string;
    readonly state: Readonly<Record<ConsentState, string>>;
    readonly toldSensitive: string;
    readonly wording: string;
    readonly wordingHash: string;
    readonly hash: string;
    readonly signature: string;
    readonly key: string;
    readonly explain: string;
  };
  readonly notices: Readonly<Record<NoticeKind, { readonly title: string; readonly text: string }>>;
  readonly startAgain: string;
}

const TABLE: Readonly<Record<Language, Copy>> = { vi, en };

export const copyFor = (language: Language): Copy => TABLE[language];
