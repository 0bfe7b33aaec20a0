// What the shopper's page says on who else sees something and how long what is kept. docs/storage.md is the long form.

import type { Recipient, Retention } from "./person-view.ts";

export const RECIPIENTS: readonly Recipient[] = ["hosting", "code_sender", "email_sender"];

/** Thirteen months, in days. */
const VISIT_DAYS = 396;
const EVENT_DAYS = VISIT_DAYS;
/** Twenty-five months. */
const PURCHASE_DAYS = 762;

export const RETENTION: readonly Retention[] = [
  { thing: "identifiers", days: null },
  { thing: "details", days: null },
  { thing: "consents", days: null },
  { thing: "devices", days: null },
  { thing: "visits", days: VISIT_DAYS },
  { thing: "first_visits", days: null },
  { thing: "purchases", days: PURCHASE_DAYS },
  { thing: "events", days: EVENT_DAYS },
  { thing: "sessions", days: 1 },
  { thing: "codes", days: 1 },
];
