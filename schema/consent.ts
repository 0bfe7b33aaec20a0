// Purposes and states of consent (design section 5). Plain types: core may use them.

export const PURPOSES = [
  "visit_recognition",
  "profile_linking",
  "marketing_zalo",
  "marketing_sms",
  "marketing_email",
] as const;
export type Purpose = (typeof PURPOSES)[number];

export const CONSENT_STATES = ["granted", "refused", "withdrawn"] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];

/** Purposes whose data is sensitive under Decree 356/2025 art. 4: the shopper is told so. */
export const SENSITIVE: Readonly<Record<Purpose, boolean>> = {
  visit_recognition: true,
  profile_linking: false,
  marketing_zalo: false,
  marketing_sms: false,
  marketing_email: false,
};
