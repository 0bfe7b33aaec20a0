// The text of the shopper's own page, `/me`, as a typed table.

import type { RequestKind } from "../../schema/requests.ts";
import type { OwnAsk } from "../own/asking.ts";
import type { RemovedThing } from "../rights.ts";
import type { Recipient, RetainedThing } from "../person-view.ts";

export interface PurchasesCopy {
  readonly title: string;
  readonly text: string;
  /** A source's own name of a trait where there is no word for it. */
  readonly trait: (name: string) => string;
  readonly status: (status: string) => string;
  readonly more: (rest: number) => string;
  /** Of an order of which a part was given back. */
  readonly left: (amount: string) => string;
  /** How much happened in one channel, and from when to when. */
  readonly events: (n: number) => string;
  readonly between: (first: string, last: string) => string;
  /** Where each of them is told. */
  readonly each: string;
}

/** Other requests, which a person of the brand answers. */
export interface RequestCopy {
  readonly title: string;
  readonly intro: string;
  readonly start: string;
  readonly what: string;
  readonly asks: Readonly<Record<OwnAsk, string>>;
  readonly text: string;
  readonly send: string;
  readonly back: string;
  readonly openTitle: string;
  readonly kinds: Readonly<Record<RequestKind, string>>;
  readonly open: (received: string, due: string) => string;
  readonly received: (reply: string, due: string) => string;
  readonly wrong: Readonly<Record<"kind" | "text", string>>;
  readonly limited: string;
  readonly unknown: string;
}

export interface OwnCopy {
  readonly askTitle: string;
  readonly askText: string;
  readonly zalo: string;
  readonly confirm: string;
  readonly title: string;
  readonly intro: string;
  readonly nothing: string;
  readonly none: string;
  readonly standingNone: string;
  readonly identifiers: string;
  readonly identifier: (kind: string) => string;
  readonly add: Readonly<Record<"start" | "title" | "text" | "submit" | "done" | "back", string>>;
  readonly seen: (first: string, last: string) => string;
  readonly details: string;
  readonly detailsText: string;
  readonly name: string;
  readonly email: string;
  readonly emailWaits: string;
  readonly emailVerified: string;
  readonly localLink: string;
  readonly localLinkText: string;
  readonly save: string;
  readonly saved: string;
  readonly emailSent: string;
  readonly emailNotSent: string;
  readonly emailLimited: string;
  readonly invalid: Readonly<Record<"name" | "email", string>>;
  readonly unknown: string;
  readonly retry: string;
  readonly devices: string;
  readonly devicesText: string;
  readonly devicesNone: string;
  readonly device: (number: number) => string;
  readonly notCounted: string;
  readonly uncount: string;
  readonly count: string;
  readonly uncounted: (devices: number) => string;
  readonly counted: (devices: number) => string;
  readonly visits: string;
  readonly visitsNone: string;
  readonly visitsMore: (rest: number) => string;
  readonly firstVisit: (branch: string, day: string) => string;
  readonly minutes: (minutes: number) => string;
  readonly passer: string;
  readonly shopping: PurchasesCopy;
  readonly history: string;
  readonly receipt: (sequence: number) => string;
  readonly ownPage: string;
  readonly keptTitle: string;
  readonly things: Readonly<Record<RetainedThing, string>>;
  readonly untilErased: string;
  readonly days: (days: number) => string;
  readonly recipientsTitle: string;
  readonly recipients: Readonly<Record<Recipient, string>>;
  readonly request: RequestCopy;
  readonly copyTitle: string;
  readonly copyText: string;
  readonly copy: string;
  readonly eraseTitle: string;
  readonly eraseText: string;
  readonly eraseStart: string;
  /** Recorded as it stands: change it only together with its version in own/erase-wording.ts. */
  readonly eraseWording: (controller: string) => string;
  readonly eraseSure: string;
  readonly eraseUnsure: string;
  readonly erase: string;
  readonly back: string;
  readonly erasedTitle: string;
  readonly erasedText: string;
  readonly removed: Readonly<Record<RemovedThing, string>>;
  readonly sealedProofs: string;
  /** Purchases that were not joined with the person are erased until that day. */
  readonly purchases: (day: string) => string;
  readonly certificate: string;
  readonly leave: string;
  readonly verifyTitle: string;
  readonly verifyText: string;
  readonly verify: string;
  readonly verifiedTitle: string;
  readonly verifiedText: string;
  readonly verifyRefusedTitle: string;
  readonly verifyRefused: Readonly<Record<"unknown" | "expired" | "used" | "stale", string>>;
}
