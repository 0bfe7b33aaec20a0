// The rules of identity, with their defaults. They are versioned: whoever changes a number changes the name, and
// `preview.ts` tells beforehand which profiles would merge or split.

/** More distinct neighbours than these, and an identifier is no longer one person's. */
export interface SharedAbove {
  /** Strong neighbours of every kind together. */
  readonly strong: number;
  /** Strong neighbours of one kind and realm, for instance customer codes of one till. */
  readonly ofOneKind: number;
  /** Weak neighbours: with more, no weak edge of this identifier attaches anything. */
  readonly weak: number;
}

export interface KindRules {
  /** How many of this kind (of one source and realm) one person may have. */
  readonly limit: number;
  readonly sharedAbove: SharedAbove;
  /** A number is given to others after a silence: how much older than the next newer proof one may be. Null: for ever. */
  readonly proofValidityMs: number | null;
  /** Every evidence about such an identifier is weak, whatever its trust: devices are passed around. */
  readonly weak: boolean;
}

export interface Rules {
  readonly version: string;
  /** A candidate component of more identifiers is not joined at all. */
  readonly componentLimit: number;
  /** By kind, strongest first: a profile's anchor is of the first of these that it has. */
  readonly kinds: readonly (readonly [kind: string, rules: KindRules])[];
  /** For kinds that are not listed; weaker than any that is, but for the weak ones. */
  readonly otherKind: KindRules;
}

const DAY = 86_400_000;

const person: KindRules = {
  limit: 1,
  sharedAbove: { strong: 20, ofOneKind: 2, weak: 50 },
  proofValidityMs: null,
  weak: false,
};
/** A household's phone is the one with two customer codes of one till, or two Zalo ids of one app, within a year. */
const household: SharedAbove = { ...person.sharedAbove, ofOneKind: 1 };
/** A code with a few phones is one customer with typos; with more it is the till's own "walk-in customer". */
const code: SharedAbove = { ...person.sharedAbove, ofOneKind: 5 };
/** A browser that more than three identifiers signed in on is a kiosk or a family's tablet. */
const browser: SharedAbove = { ...person.sharedAbove, weak: 3 };

export const DEFAULT_RULES: Rules = {
  version: "2026-1",
  componentLimit: 200,
  kinds: [
    ["phone", { ...person, limit: 3, sharedAbove: household, proofValidityMs: 365 * DAY }],
    // Zalo gives one person one id an app and one an official account.
    ["zalo_app", person],
    ["zalo_oa", person],
    // People are registered twice at a till; a third code of one source is more often somebody else's.
    ["customer", { ...person, limit: 2, sharedAbove: code }],
    ["email", { ...person, limit: 3, sharedAbove: household }],
    ["facebook", person],
    ["tiktok_shop", { ...person, limit: 2 }],
    ["shopee", { ...person, limit: 2 }],
    ["anonymous", { ...person, limit: 30, sharedAbove: browser, weak: true }],
  ],
  otherKind: person,
};

/** `customer:pos` may have rules of its own; else those of `customer` hold, else those for the rest. */
export const rulesOf = (rules: Rules, kind: string): KindRules =>
  (rules.kinds.find(([name]) => name === kind) ?? rules.kinds.find(([name]) => name === baseOf(kind)))?.[1] ??
  rules.otherKind;

/** Smaller is stronger. */
export const strengthOf = (rules: Rules, kind: string): number => {
  const exact = rules.kinds.findIndex(([name]) => name === kind);
  const place = exact >= 0 ? exact : rules.kinds.findIndex(([name]) => name === baseOf(kind));
  const known = place >= 0 ? place : rules.kinds.length;
  return rulesOf(rules, kind).weak ? known + rules.kinds.length + 1 : known;
};

const baseOf = (kind: string): string => kind.split(":", 1)[0] ?? kind;
