// Whether a person may be written to, by channel, with the limits that hold for everybody.

import type { ConsentWords } from "./consent.ts";

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
