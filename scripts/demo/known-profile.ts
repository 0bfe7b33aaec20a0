// One person of the demo as the CRM knows them, found as a CRM would: by phones that were given both at the portal, with
// consent to link, and at the till. The one of whom most is known is shown, with the reason for every merge.

import type { ProfileView } from "../../schema/wire/crm.ts";
import type { ExplainView, SharedView } from "../../schema/wire/identity.ts";
import type { Client } from "../quen/client.ts";
import { explainText } from "../quen/explain-text.ts";
import { profileText } from "../quen/profile-text.ts";
import type { BrandDay } from "./world/day.ts";

const AT_ONCE = 100;

interface Found {
  data: { by: { value: string }; profiles: ProfileView[] }[];
}

/** Phones of who agreed to link, who come most often first. */
export const linkedPhones = (days: Iterable<Pick<BrandDay, "signIns" | "purchases">>): string[] => {
  const linked = new Set<string>();
  const bought = new Map<string, number>();
  for (const { signIns, purchases } of days) {
    for (const { phone, allows } of signIns) if (allows.includes("profile_linking")) linked.add(phone);
    for (const { customer } of purchases) {
      const phone = customer.phone.replaceAll(/[ .]/g, "").replace(/^\+?84/, "0");
      bought.set(phone, (bought.get(phone) ?? 0) + 1);
    }
  }
  return [...bought]
    .filter(([phone]) => linked.has(phone))
    .toSorted(([x, one], [y, other]) => other - one || (x < y ? -1 : 1))
    .map(([phone]) => phone);
};

/** Store visits and orders both count, so that neither alone makes a profile rich. */
const richness = ({ visits, orders }: ProfileView): number =>
  Math.min(visits?.total ?? 0, orders?.count ?? 0) + (visits?.total ?? 0) / 1_000;

export interface KnownProfile {
  id: string;
  phone: string;
  text: string;
}

/** Null when nobody is known from both sides, as after a very short demo. */
export const knownProfile = async (crm: Client, phones: readonly string[]): Promise<KnownProfile | null> => {
  const by = phones.slice(0, AT_ONCE).map((value) => ({ kind: "phone", value }));
  if (by.length === 0) return null;
  const { data } = await crm.post<Found>("/v1/profiles/lookup", { by });
  const known = data
    .flatMap(({ by: { value }, profiles }) => profiles.map((profile) => ({ phone: value, profile })))
    .filter(({ profile }) => profile.realms.length === 2 && richness(profile) > 0)
    .toSorted((a, b) => richness(b.profile) - richness(a.profile));
  const [best] = known;
  if (best === undefined) return null;
  const { id } = best.profile;
  const explained = await crm.get<ExplainView>(`/v1/profiles/${id}/explain`);
  const text = [
    "One of them, as the CRM reads it. Store and till are one person because that person agreed to link them:",
    "",
    profileText(best.profile),
    "",
    "Why (quen profile explain):",
    "",
    explainText(explained),
  ].join("\n");
  return { id, phone: best.phone, text };
};

/** A phone that several customers of the till give: it merges nobody, and says why. Null when there is none. */
export const keptApart = async (admin: Client): Promise<string | null> => {
  const { data } = await admin.get<{ data: SharedView[] }>("/v1/admin/identity/shared");
  const id = data[0]?.profileId ?? null;
  if (id === null) return null;
  const explained = await admin.get<ExplainView>(`/v1/profiles/${id}/explain`);
  return ["And a household's phone, which is nobody's alone:", "", explainText(explained)].join("\n");
};
