// Every sentence of the data protection officer's pages as one typed table.

import type { AskedBy, RequestKind, RequestOrigin } from "../../schema/requests.ts";
import type { Language } from "../language.ts";
import { privacyEn } from "./copy-en.ts";
import { privacyVi } from "./copy-vi.ts";
import type { RequestEvent } from "./ports.ts";
import type { Distance } from "./when.ts";

/** What was just done. */
export const SAID = ["opened", "opened_two", "replied", "extended", "closed", "refused", "erased"] as const;
export type Said = (typeof SAID)[number];

/** Why something was not done. */
export type Trouble =
  | "not_so"
  | "needs_proof"
  | "needs_erasure"
  | "other_profile"
  | "busy"
  | "foreign_form"
  | "unavailable"
  | "unknown";

/** What a field lacks. */
export type Fault = "kind" | "value" | "text" | "answerTo" | "received" | "reason" | "proof" | "askedBy";

export interface Act {
  readonly title: string;
  readonly text: string;
  readonly submit: string;
}

export interface PrivacyCopy {
  readonly language: Language;
  readonly other: { readonly code: Language; readonly name: string };
  readonly title: string;
  readonly localMode: string;
  readonly skip: string;
  readonly nav: { readonly label: string; readonly board: string; readonly signOut: string };
  readonly kinds: Readonly<Record<RequestKind, string>>;
  readonly origins: Readonly<Record<RequestOrigin, string>>;
  readonly askedBy: Readonly<Record<AskedBy, string>>;
  readonly distance: (distance: Distance) => string;
  readonly list: {
    readonly title: string;
    readonly counts: (open: number, late: number) => string;
    readonly none: string;
    readonly filter: string;
    readonly open: string;
    readonly closed: string;
    readonly new: string;
    readonly request: string;
    readonly received: string;
    readonly replyDue: string;
    readonly due: string;
    readonly replied: string;
    readonly closedAt: string;
    readonly outcome: string;
    readonly outcomes: Readonly<Record<"done" | "refused", string>>;
    readonly first: string;
    readonly next: string;
    readonly pages: string;
    readonly empty: Readonly<Record<"open" | "closed", { readonly title: string; readonly text: string }>>;
  };
  readonly one: {
    readonly back: string;
    readonly id: string;
    readonly origin: string;
    readonly profile: string;
    readonly noProfile: string;
    readonly note: string;
    readonly noNote: string;
    readonly wordsGone: string;
    readonly answerTo: string;
    readonly logged: string;
    readonly history: string;
    readonly events: Readonly<Record<RequestEvent["what"], string>>;
    readonly by: (actor: string) => string;
    readonly owed: (day: string) => string;
    readonly dates: string;
    readonly extended: string;
    readonly howTo: string;
    readonly how: Readonly<Record<RequestKind, string>>;
    /** With the profile's id. */
    readonly command: (kind: RequestKind, profileId: string) => string | null;
    readonly print: string;
    readonly printed: (moment: string) => string;
  };
  readonly acts: {
    readonly title: string;
    readonly reply: Act;
    readonly extend: Act;
    readonly extendTo: (day: string) => string;
    readonly done: Act;
    /** Where closing carries it out. */
    readonly doneByClosing: Act;
    readonly refuse: Act;
    readonly erase: Act;
    readonly proof: string;
    readonly proofOptional: string;
    readonly proofHint: string;
    readonly reason: string;
    readonly reasonHint: string;
    readonly askedBy: string;
    readonly choose: string;
    readonly restrictedHint: (id: string) => string;
  };
  readonly confirm: {
    readonly back: string;
    readonly refuse: Act;
    readonly erase: Act;
    readonly reason: string;
    readonly profile: string;
    readonly askedBy: string;
    readonly others: string;
  };
  readonly new: {
    readonly title: string;
    readonly lead: string;
    readonly kind: string;
    readonly by: string;
    readonly byKind: (kind: string, name: string | null) => string;
    readonly value: string;
    readonly valueHint: string;
    readonly text: string;
    readonly textHint: string;
    readonly answerTo: string;
    readonly answerToHint: string;
    readonly received: string;
    readonly receivedHint: string;
    readonly others: string;
    readonly submit: string;
  };
  readonly faults: Readonly<Record<Fault, string>>;
  readonly faultsTitle: string;
  readonly tools: {
    readonly title: string;
    readonly consents: string;
    readonly breach: string;
    readonly erasures: string;
    readonly holidays: string;
    readonly docs: string;
    readonly apiDocs: string;
  };
  readonly said: Readonly<Record<Said, string>>;
  readonly troubles: Readonly<Record<Trouble, { readonly title: string; readonly text: string }>>;
}

export const privacyCopy = (language: Language): PrivacyCopy => (language === "vi" ? privacyVi : privacyEn);
