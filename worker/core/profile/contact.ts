// Whether a person may be written to, by channel, with the limits that hold for everybody.

import { type Answer, standingSince } from "../consent/permission.ts";
import type { ConsentWords } from "./consent.ts";
import type { Member } from "./facts.ts";

export const CONTACT_CHANNELS = ["zalo", "sms", "email"] as const;
export type ContactChannel = (typeof CONTACT_CHANNELS)[number];

export interface ContactWord {
  readonly allowed: boolean;
  readonly quietHours: { readonly from: string; readonly to: string; readonly timezone: string };
  readonly maxPerDay: number;
}

const QUIET_HOURS = { from: "22:00", to: "07:00", timezone: "Asia/Ho_Chi_Minh" };
const MAX_PER_DAY = 3;

export const contactOf = (words: ConsentWords): Record<ContactChannel, ContactWord> => {
  const word = (channel: ContactChannel): ContactWord => ({
    allowed: words[`marketing_${channel}`]?.state === "granted",
    quietHours: QUIET_HOURS,
    maxPerDay: MAX_PER_DAY,
  });
  return { zalo: word("zalo"), sms: word("sms"), email: word("email") };
};

const channelsOfKind = (kind: string): readonly ContactChannel[] => {
  if (kind === "phone") return ["zalo", "sms"];
  if (kind === "email") return ["email"];
  return kind.startsWith("zalo_") ? ["zalo"] : [];
};

/**
 * By which channels this very identifier may be written to: a grant of one number says nothing about another beside it, and
 * what was only imported may never be written to.
 */
export const channelsTo = (
  { key, realm, kind, owners, userInitiated }: Member,
  answers: readonly Answer[],
): readonly ContactChannel[] => {
  const granters = kind === "email" ? owners : [key];
  return (realm === "store" && userInitiated ? channelsOfKind(kind) : []).filter((channel) =>
    granters.some((subject) => standingSince(answers, { subject, purpose: `marketing_${channel}` }) !== null),
  );
};
