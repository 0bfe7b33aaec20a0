// Whether an event carries the consent that its source requires, in the words of the SDKs: Segment's and Jitsu's
// `context.consent.categoryPreferences`, RudderStack's `context.consentManagement`, and `integrations` as an opt-out. Where
// they disagree, the most restrictive holds.

import { isLoose, listOf, type Loose, looseOf, textOf } from "./loose.ts";

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

type Says = "yes" | "no" | "nothing";

const inPreferences = (context: Loose, category: string): Says => {
  const preferences = looseOf(looseOf(context["consent"])["categoryPreferences"]);
  const said = Object.entries(preferences).filter(([name]) => same(name, category));
  if (said.length === 0) return "nothing";
  return said.every(([, value]) => value === true) ? "yes" : "no";
};

/** A list of ids, or of lists by purpose. */
const idsIn = (value: unknown): readonly string[] =>
  (isLoose(value) ? Object.values(value).flatMap(listOf) : listOf(value)).flatMap((id) => textOf(id) ?? []);

const inManagement = (context: Loose, category: string): Says => {
  const management = looseOf(context["consentManagement"]);
  if (idsIn(management["deniedConsentIds"]).some((id) => same(id, category))) return "no";
  return idsIn(management["allowedConsentIds"]).some((id) => same(id, category)) ? "yes" : "nothing";
};

const isOff = (value: unknown): boolean => value === false;

/** `{All: false}` is for nobody but those named; an SDK that is told to load nothing else names its own endpoint. */
const isOptedOut = (integrations: Loose): boolean => {
  if (isOff(integrations["Quen"])) return true;
  const named = [integrations["Quen"], integrations["Segment.io"]];
  return isOff(integrations["All"]) && !named.some((value) => value === true || isLoose(value));
};

export const hasConsent = (required: readonly string[], context: Loose, integrations: Loose): boolean => {
  if (isOptedOut(integrations)) return false;
  return required.every((category) => {
    const said = [inPreferences(context, category), inManagement(context, category)];
    return said.includes("yes") && !said.includes("no");
  });
};
