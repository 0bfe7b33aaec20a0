// Closed lists of why a platform's webhook, a part of one, or a Mini App's token was not used; as reasons.ts, each counted.

/** Part of a proven webhook that was not used, the rest being used; counted as `hook_…`. */
export const HOOK_DROPS = [
  /** Not of the form that the vendor's are. */
  "unreadable",
  /** Nothing in it says whom it is about. */
  "no_identifier",
  /** Of another account than the source's settings name. */
  "not_ours",
] as const;
export type HookDropReason = (typeof HOOK_DROPS)[number];

/** A webhook refused as a whole; counted as `hook_…`. */
export const HOOK_REFUSALS = [
  "unknown_source",
  /** The source has no valid secret to prove webhooks by, or lacks a setting. */
  "not_set_up",
  "too_large",
  "invalid_encoding",
  "unsupported_media",
  /** No valid secret explains its signature. */
  "forged",
  /** Signed longer ago than the vendor tries again, or in the future. */
  "stale",
  "wrong_handshake",
  /** What it names could not be asked for at the vendor: the vendor sends it again. */
  "not_answered",
  /** Its connector failed: a mistake of ours, and the vendor sends it again. */
  "broken",
  /** A queue or database that does not take it: nothing was stored, and the vendor was told so. */
  "unavailable",
] as const;
export type HookRefusal = (typeof HOOK_REFUSALS)[number];

/** A Mini App's phone token that led to no number; counted as `mini_app_…`. */
export const MINI_APP_REFUSALS = [
  "too_large",
  "invalid_encoding",
  "unsupported_media",
  "invalid_body",
  "other_connector",
  /** The visitor did not allow what the source requires: Zalo was not asked. */
  "no_consent",
  "not_set_up",
  /** Zalo does not take the tokens. */
  "tokens",
  /** Zalo answers Vietnamese addresses only. */
  "abroad",
  "malformed",
  "not_answered",
  "unavailable",
] as const;
export type MiniAppRefusal = (typeof MINI_APP_REFUSALS)[number];
