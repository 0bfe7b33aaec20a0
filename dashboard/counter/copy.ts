// Every sentence of the counter's pages as one typed table.

import type { PhoneRefusal } from "../../schema/phone.ts";
import type { Language } from "../language.ts";
import { counterEn } from "./copy-en.ts";
import { counterVi } from "./copy-vi.ts";
import type { CounterStage, LeftOut } from "./ports.ts";

/** What a page says above its form, other than a person. */
export const COUNTER_NOTICES = [
  "none",
  "restricted",
  "code_used",
  "code_expired",
  "code_unknown",
  "limited",
  "wrong_key",
  "foreign_form",
  "unavailable",
] as const;
export type CounterNotice = (typeof COUNTER_NOTICES)[number];

export interface CounterCopy {
  readonly language: Language;
  readonly other: { readonly code: Language; readonly name: string };
  readonly title: string;
  readonly localMode: string;
  readonly signOut: string;
  readonly signIn: {
    readonly title: string;
    readonly lead: string;
    readonly key: string;
    readonly hint: string;
    readonly submit: string;
  };
  readonly find: {
    readonly title: string;
    readonly phone: string;
    readonly phoneHint: string;
    readonly branch: string;
    readonly noBranch: string;
    readonly submit: string;
    readonly scan: string;
    readonly next: string;
  };
  readonly open: { readonly title: string; readonly lead: string; readonly submit: string };
  readonly phoneRefused: Readonly<Record<PhoneRefusal, string>>;
  readonly notices: Readonly<Record<CounterNotice, { readonly title: string; readonly text: string }>>;
  readonly person: {
    readonly title: string;
    readonly two: string;
    readonly twoText: string;
    readonly store: string;
    readonly shop: string;
    readonly noName: string;
    readonly phone: string;
    readonly stage: Readonly<Record<CounterStage, string>>;
    readonly interests: string;
    readonly buys: string;
    readonly visits: string;
    readonly total: string;
    readonly here: string;
    readonly elsewhere: string;
    readonly noVisits: string;
    readonly visitsLeftOut: Readonly<Record<LeftOut, string>>;
    readonly orders: (count: number) => string;
    readonly noOrders: string;
    readonly ordersLeftOut: Readonly<Record<LeftOut, string>>;
    readonly online: string;
    readonly refunded: string;
    readonly channel: (channel: string) => string;
    readonly contact: string;
    readonly may: (channels: string) => string;
    readonly mayNot: string;
    readonly logged: string;
  };
}

export const counterCopy = (language: Language): CounterCopy => (language === "vi" ? counterVi : counterEn);
