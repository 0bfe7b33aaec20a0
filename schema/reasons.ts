// Closed lists of why an input was not used. Each has a counter that an operator can read (invariant 5).

/** Verdicts of the server on one observation; they appear in the reply to `POST /v1/presence`. */
export const PRESENCE_DROPS = [
  "invalid",
  "future",
  "too_late",
  "excluded_device",
  "erased",
  "unknown_key",
] as const;
export type PresenceDrop = (typeof PRESENCE_DROPS)[number];

/** What the agent itself had to give up; it reports the totals in `health.dropped`. */
export const AGENT_DROPS = ["spool_full", "no_clock", "refused", "spool_corrupt"] as const;
export type AgentDrop = (typeof AGENT_DROPS)[number];

/** Counters kept beside the verdicts: parts of an accepted observation, or inputs refused before they had one. */
export const SERVER_COUNTERS = [
  ...PRESENCE_DROPS,
  /** Accepted for a recognised visitor, but its business day's footfall was already closed. */
  "too_late_for_footfall",
  /** Accepted, but counting before consent is switched off and the device has no grant. */
  "not_counted_before_consent",
  /** A settled visit of somebody who was erased after it began. */
  "erased_visit",
] as const;
export type ServerCounter = (typeof SERVER_COUNTERS)[number];

/** A whole batch refused before any observation was judged; counted as `batch_…`. */
export const BATCH_REFUSALS = [
  "unauthorized",
  "clock_skew",
  "branch_gone",
  "too_large",
  "invalid_encoding",
  "unsupported_media",
  "invalid_body",
] as const;
export type BatchRefusal = (typeof BATCH_REFUSALS)[number];

/** An enrolment refused; counted as `enrol_…`. */
export const ENROL_REFUSALS = [
  "code_used",
  "too_large",
  "invalid_encoding",
  "unsupported_media",
  "invalid_body",
] as const;
export type EnrolRefusal = (typeof ENROL_REFUSALS)[number];

/** An agent's stream refused, or what it said there not used; counted as `stream_…`. */
export const STREAM_REFUSALS = [
  "unauthorized",
  "clock_skew",
  "branch_gone",
  "upgrade_required",
  "malformed_frame",
] as const;
export type StreamRefusal = (typeof STREAM_REFUSALS)[number];

/** A grant's result not used; counted as `result_…`. */
export const GRANT_RESULT_DROPS = [
  /** The grant never was or is over. */
  "unknown_grant",
] as const;
export type GrantResultDrop = (typeof GRANT_RESULT_DROPS)[number];

/** What a gateway or its RADIUS server asked or told us and was not used; counted as `gateway_…`. */
export const GATEWAY_REFUSALS = [
  "unknown_gateway",
  /** This kind of gateway does not ask so. */
  "other_kind",
  "malformed",
  "too_large",
  /** The shared secret does not vouch for it. */
  "forged",
  "foreign_gateway",
  "unknown_ask",
  "not_offered",
  "wrong_key",
  "unknown_credential",
  "wrong_credential",
  "locked_credential",
  "over_credential",
  "foreign_device",
  "unknown_client",
] as const;
export type GatewayRefusal = (typeof GATEWAY_REFUSALS)[number];
