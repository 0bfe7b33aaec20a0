// Why something of a profile is not shown. Closed sets: they are part of the API. Plain types: core may use them.

/** `unreadable`: stored, and does not open; an operator finds it in the log. */
export const REDACTION_REASONS = [
  "scope",
  "no_consent",
  "withdrawn",
  "not_linked",
  "restricted",
  "unreadable",
] as const;
export type RedactionReason = (typeof REDACTION_REASONS)[number];

export const REDACTED_FIELDS = [
  "identifiers",
  "identifiers.value",
  "traits",
  "visits",
  "orders",
  "channels",
  "lifecycle",
  "consent",
  "contact",
  "items",
  "details",
] as const;
export type RedactedField = (typeof REDACTED_FIELDS)[number];
