// What a brand or a branch sets of its portal: looks, words, who is responsible, how long who is let on. Plain values
// with their defaults; `wire/admin.ts` validates them.

import { PURPOSES, type Purpose } from "./consent.ts";

/** A brand's own words for parts of the pages that are no evidence. */
export interface PortalTexts {
  title?: string | undefined;
  intro?: string | undefined;
  thanks?: string | undefined;
}

export interface PortalSettings {
  /** Null: the deployment's QUEN_BRAND, QUEN_COLOUR and QUEN_CONTACT. */
  name: string | null;
  colour: string | null;
  contact: string | null;
  /** Legal name of who is responsible for the data; null: the brand's name. */
  controller: string | null;
  /** `data:` address of a picture of at most 4 KB; null: the name's first letter. */
  logo: string | null;
  /** Where "continue" leads once online. */
  landingUrl: string | null;
  texts: { vi?: PortalTexts | undefined; en?: PortalTexts | undefined };
  /** Purposes with a box, in this order. */
  offered: Purpose[];
  signedInMinutes: number;
  guestMinutes: number;
  /** Whether the way in without signing in is offered. */
  guestPass: boolean;
  /** How long after a proof a recognised device gets on with one tap; 0 switches it off. */
  returningDays: number;
}

export const DEFAULT_PORTAL: PortalSettings = {
  name: null,
  colour: null,
  contact: null,
  controller: null,
  logo: null,
  landingUrl: null,
  texts: {},
  // E-mail only where the brand wants it: the address must be given and verified besides.
  offered: PURPOSES.filter((purpose) => purpose !== "marketing_email"),
  signedInMinutes: 8 * 60,
  guestMinutes: 60,
  guestPass: true,
  returningDays: 30,
};
