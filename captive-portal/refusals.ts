// Why the portal did not use something it was given: a closed list, each counted for the operator (invariant 5).

export const PORTAL_REFUSALS = [
  "unknown_gateway",
  "bad_hand_off",
  "session_gone",
  "foreign_form",
  "bad_form",
  "wording_changed",
  "phone_refused",
  "not_16",
  "code_malformed",
  "code_wrong",
  "code_expired",
  "code_used",
  "code_too_many",
  "code_none",
  "limited_phone",
  "limited_device",
  "limited_branch",
  "sender_retry",
  "sender_refused",
  "ledger_retry",
  "receipt_unknown",
] as const;
export type PortalRefusal = (typeof PORTAL_REFUSALS)[number];
