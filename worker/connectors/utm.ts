// The campaign that an order came by: the vendor's own fields of it, else the `utm_…` of the address on which the buyer
// arrived.

import { holdsContact } from "../core/intake/holds-contact.ts";
import type { Campaign } from "../core/intake/said.ts";

const LONGEST = 200;

type Told = { readonly [Name in keyof Campaign]-?: string | null };

const ofAddress = (address: string | null): Told => {
  const query = new URLSearchParams(address?.split("#")[0]?.split("?").slice(1).join("?") ?? "");
  return {
    source: query.get("utm_source"),
    medium: query.get("utm_medium"),
    name: query.get("utm_campaign"),
    term: query.get("utm_term"),
    content: query.get("utm_content"),
  };
};

export const campaignOf = (told: Told, landing: string | null): Campaign | null => {
  const given = (from: Told): Campaign =>
    Object.fromEntries(
      Object.entries(from).flatMap(([name, value]) => {
        const term = value?.trim().slice(0, LONGEST);
        // It stands in the clear: a mailing may have filled in whom it was for.
        return term && !holdsContact(term) ? [[name, term]] : [];
      }),
    );
  const own = given(told);
  const campaign = Object.keys(own).length > 0 ? own : given(ofAddress(landing));
  return Object.keys(campaign).length > 0 ? campaign : null;
};
