// Webhooks out, as closed lists: what is sent, how sending can fail, why a receiver is not sent to any more, and why a
// message is kept back. Plain types: core may use them.

import { type ChangeType, PASSING_EVENTS, PROFILE_CHANGES, PROFILE_EVENTS, webhookType } from "./changes.ts";

const CHANGE_TYPES: readonly ChangeType[] = [...PASSING_EVENTS, ...PROFILE_EVENTS, ...PROFILE_CHANGES];

/** As receivers know them. */
export const WEBHOOK_TYPES: readonly string[] = CHANGE_TYPES.map(webhookType);
/** Sent on an operator's word only, and to whatever types the receiver takes. */
export const TEST_TYPE = "webhook.test";

export const DELIVERY_FAILURES = [
  /** Answered with anything but 2xx. */
  "status",
  /** Redirects are not followed. */
  "redirect",
  "timeout",
  "unreachable",
  /** The address may not be sent to any more. */
  "address",
] as const;
export type DeliveryFailure = (typeof DELIVERY_FAILURES)[number];

/** `failing`: 5 days of nothing but failures. `gone`: it answered 410. */
export const DISABLED_BECAUSE = ["failing", "gone"] as const;
export type DisabledBecause = (typeof DISABLED_BECAUSE)[number];

export const WITHHELD_BECAUSE = [
  /** What it told was erased. */
  "erased",
  /** The purpose does not stand any more. */
  "no_consent",
  /** The person asked that their data be kept and not used. */
  "restricted",
] as const;
export type WithheldBecause = (typeof WITHHELD_BECAUSE)[number];
