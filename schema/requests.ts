// What a person may ask of whoever keeps their data (Decree 356/2025 art. 5), and what came of it. Plain types: core may
// use them.

export const REQUEST_KINDS = [
  "view",
  "copy",
  "correct",
  "withdraw",
  "object",
  "restrict",
  "erase",
  /** Other measures of protection. */
  "other",
] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** Where it was asked: the shopper's own page, an operator who was told, a channel. */
export const REQUEST_ORIGINS = ["me", "operator", "channel"] as const;
export type RequestOrigin = (typeof REQUEST_ORIGINS)[number];

export const REQUEST_OUTCOMES = ["done", "refused"] as const;
export type RequestOutcome = (typeof REQUEST_OUTCOMES)[number];

/** How an operator was asked, and so how it is known who asked. */
export const ASKED_BY = ["in_person", "phone", "email", "letter", "channel"] as const;
export type AskedBy = (typeof ASKED_BY)[number];

/** Why an operator erases (art. 14 of the law: on request, or because nothing allows to keep it any more). */
export const ERASURE_REASONS = ["request", "purpose_over", "unlawful", "ordered"] as const;
export type ErasureReason = (typeof ERASURE_REASONS)[number];
