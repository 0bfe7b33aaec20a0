// What the shopper's page says on who else sees something and how long what is kept. docs/storage.md is the long form.

import { KEPT_DAYS } from "../schema/kept-days.ts";
import type { Recipient, Retention } from "./person-view.ts";

export const RECIPIENTS: readonly Recipient[] = ["hosting", "code_sender", "email_sender"];

export const RETENTION: readonly Retention[] = [
  { thing: "identifiers", days: null },
  { thing: "details", days: null },
  { thing: "consents", days: null },
  { thing: "devices", days: null },
  { thing: "visits", days: KEPT_DAYS.visits },
  { thing: "first_visits", days: null },
  { thing: "purchases", days: KEPT_DAYS.purchases },
  { thing: "events", days: KEPT_DAYS.events },
  { thing: "sessions", days: 1 },
  { thing: "codes", days: 1 },
];
