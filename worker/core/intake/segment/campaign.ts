// Which campaign an event belongs to: what the SDK read from the address, else the address itself, else that an advert's
// click id is in it, else the site it came from. A click id is one click of one person and is not kept.

import type { Campaign } from "../said.ts";
import { holdsContact } from "../holds-contact.ts";
import { field, lineOf, type Loose, looseOf, textOf } from "./loose.ts";
import { hostOf, type Page } from "./page.ts";

const LONGEST = 200;
const FIELDS = ["source", "medium", "name", "term", "content"] as const;

/** By the parameter that a network adds to the address of whoever clicks. Facebook adds its own to unpaid links, too. */
const CLICKS: readonly (readonly [parameter: string, campaign: Campaign])[] = [
  ["gclid", { source: "google", medium: "cpc" }],
  ["gbraid", { source: "google", medium: "cpc" }],
  ["wbraid", { source: "google", medium: "cpc" }],
  ["ttclid", { source: "tiktok", medium: "cpc" }],
  ["msclkid", { source: "bing", medium: "cpc" }],
  ["fbclid", { source: "facebook", medium: "social" }],
];

type Read = (name: (typeof FIELDS)[number]) => unknown;

/** Terms stand in the clear: somebody's e-mail or phone in one is left out, and so is by what id the event names them. */
const campaignOf = (read: Read, names: ReadonlySet<string>): Campaign | null => {
  const told = FIELDS.flatMap((name) => {
    const line = lineOf(read(name), LONGEST);
    return line === undefined || holdsContact(line) || names.has(line.toLowerCase())
      ? []
      : [[name, line] as const];
  });
  return told.length === 0 ? null : Object.fromEntries(told);
};

const tagged = (query: Page["query"], names: ReadonlySet<string>): Campaign | null =>
  campaignOf((name) => query.get(name === "name" ? "utm_campaign" : `utm_${name}`), names);

const clicked = (query: Page["query"]): Campaign | null =>
  CLICKS.find(([parameter]) => (query.get(parameter) ?? "") !== "")?.[1] ?? null;

/** Where a buyer goes to pay or to sign in, and comes back from: no visit begins there. */
const ERRANDS =
  /(?:^|\.)(?:vnpayment\.vn|vnpay\.vn|momo\.vn|zalopay\.vn|onepay\.vn|payoo\.vn|napas\.com\.vn|paypal\.com|stripe\.com|accounts\.google\.com|oauth\.zaloapp\.com|id\.zalo\.me)$/;

const referred = ({ isFromOutside, referrer }: Page): Campaign | null => {
  const host = isFromOutside ? lineOf(hostOf(referrer), LONGEST) : undefined;
  return host === undefined || ERRANDS.test(host) ? null : { source: host, medium: "referral" };
};

/** Of a user, a browser and a group. */
const namesIn = (event: Loose): ReadonlySet<string> =>
  new Set(
    ["user_id", "anonymous_id", "previous_id", "group_id"].flatMap(
      (name) => textOf(field(event, name))?.toLowerCase() ?? [],
    ),
  );

/** `isView`: a page or screen came up. Only there does the site it came from say anything. */
export const readCampaign = (event: Loose, page: Page, isView: boolean): Campaign | null => {
  const told = looseOf(looseOf(event["context"])["campaign"]);
  const names = namesIn(event);
  return (
    campaignOf((name) => told[name], names) ??
    tagged(page.query, names) ??
    clicked(page.query) ??
    (isView ? referred(page) : null)
  );
};
