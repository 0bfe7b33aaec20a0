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
  /** A message of a channel that names somebody who was erased since; what it says of others is used. */
  "erased_told",
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

/**
 * An order or a customer told by a channel and not taken; in the reply to `POST /v1/orders` and `POST /v1/customers`, and
 * counted as `order_…` and `customer_…`.
 */
export const ORDER_REFUSALS = [
  "invalid",
  "future",
  /** Nothing in it says whose or who it is, so it is nobody's. */
  "no_identifier",
] as const;
export type OrderRefusal = (typeof ORDER_REFUSALS)[number];

/** A whole request with orders or customers refused; counted as `orders_…` and `customers_…`. */
export const ORDERS_REFUSALS = [
  "too_large",
  "invalid_encoding",
  "unsupported_media",
  "invalid_body",
  "unknown_source",
  /** The queue did not take them: they were not stored, and the caller was told so. */
  "unavailable",
] as const;
export type OrdersRefusal = (typeof ORDERS_REFUSALS)[number];

/** Part of what a channel told of a person and left out, the rest being used; counted as `told_…`. */
export const TOLD_DROPS = [
  /** Not a phone number, or one that cannot exist. */
  "not_a_phone",
  /** A landline or a service number: it says where somebody was called, not who. */
  "not_mobile",
  "not_an_email",
  "not_a_code",
  /** A value that stands for nobody: `0000000000`, `test@…`, `khách lẻ`. */
  "blocked_value",
  "not_a_name",
  "not_a_birthday",
  "not_a_trait",
  /** The branch is not one of ours: the order is kept without it. */
  "unknown_branch",
] as const;
export type ToldDrop = (typeof TOLD_DROPS)[number];

/** An event that an SDK sent and that was not taken; in the reply as `code`, and counted as `event_…`. */
export const EVENT_REFUSALS = [
  /** Not an object, or without what its type must have: a track its `event`, an alias its `previousId`. */
  "invalid",
  "unknown_type",
  /** An identify or group that says of nobody. */
  "no_identity",
  /** A messageId of more than 100 characters, or one that is not printable. */
  "bad_message_id",
  /** Over 32 KB. */
  "too_large",
  /** Beyond the 2,500th of its batch. */
  "too_many",
  /** By our clock, once the sender's is set right. */
  "future",
  /** Older than events are kept. */
  "too_old",
] as const;
export type EventRefusal = (typeof EVENT_REFUSALS)[number];

/** Part of an SDK's event that was left out, the event being kept; counted as `event_…`. */
export const EVENT_LOSSES = [
  /** The consent that its source requires is not in it: it is counted and keeps no identity. */
  "no_consent",
  /** A phone, e-mail, trait, refund or cancellation of which only a browser says so. */
  "browser_claim",
  /** Traits or an order with no identifier: nobody's. */
  "nobody",
  /** An order, refund or cancellation without its `order_id`. */
  "no_order_id",
  /** An amount or currency that cannot be read without guessing: no order or refund is made of it. */
  "bad_amount",
  /** A time that is none: the time of the request stands for it. */
  "bad_time",
  /** Properties beyond what is kept of one event. */
  "details_cut",
  /** Products beyond those that are kept of one event or order. */
  "products_cut",
  /** Traits beyond the 20th. */
  "traits_cut",
] as const;
export type EventLoss = (typeof EVENT_LOSSES)[number];

/** A whole request of an SDK refused; counted as `events_…`. */
export const EVENTS_REFUSALS = [
  "unauthorized",
  /** The key may not tell events, or of no source, or its source was revoked. */
  "forbidden",
  "too_large",
  "invalid_encoding",
  "unsupported_media",
  "invalid_body",
  /** The queue did not take them: nothing is sure to be stored, and the sender was told so. */
  "unavailable",
] as const;
export type EventsRefusal = (typeof EVENTS_REFUSALS)[number];

/** A request that an API key may not make now; counted as `key_…`. */
export const KEY_REFUSALS = ["limited"] as const;
export type KeyRefusal = (typeof KEY_REFUSALS)[number];

/** What was asked at the counter and not answered; counted as `counter_…`. */
export const COUNTER_REFUSALS = [
  "wrong_key",
  "foreign_form",
  "bad_form",
  "not_a_phone",
  "code_unknown",
  "code_used",
  "code_expired",
  "limited",
] as const;
export type CounterRefusal = (typeof COUNTER_REFUSALS)[number];

/** A form of the data protection officer's pages that did nothing; counted as `privacy_…`. */
export const PRIVACY_REFUSALS = ["foreign_form", "bad_form", "not_valid"] as const;
export type PrivacyRefusal = (typeof PRIVACY_REFUSALS)[number];
