// The operator's wire of receivers of webhooks. A secret is shown once, when it is made.

import { z } from "zod";
import { DELIVERY_FAILURES, DISABLED_BECAUSE, WEBHOOK_TYPES } from "../webhooks.ts";

export const NewWebhook = z.strictObject({
  url: z.url().max(500),
  /** None: all of them. */
  types: z
    .array(z.enum(WEBHOOK_TYPES))
    .max(WEBHOOK_TYPES.length)
    .refine((types) => new Set(types).size === types.length, "names a type twice")
    .default([]),
});

export const WebhookView = z.object({
  id: z.string(),
  url: z.string(),
  types: z.array(z.string()),
  createdAt: z.string(),
  state: z.enum(["enabled", "disabled"]),
  disabledAt: z.string().nullable(),
  disabledBecause: z.enum(DISABLED_BECAUSE).nullable(),
  lag: z.object({
    /** Changes that were not read yet, at most. */
    unread: z.number().int(),
    /** Messages that wait for a try. */
    waiting: z.number().int(),
    nextTryAt: z.string().nullable(),
    replaying: z.boolean(),
    /** Changes up to this `seq` passed their 90 days before they were read. */
    missedThrough: z.number().int().nullable(),
  }),
  lastTakenAt: z.string().nullable(),
  failingSince: z.string().nullable(),
  lastError: z
    .object({ at: z.string(), reason: z.enum(DELIVERY_FAILURES), status: z.number().int().nullable() })
    .nullable(),
  /** Messages taken, tries that failed, messages given up, messages kept back by reason. */
  counts: z.record(z.string(), z.number().int()),
});
export type WebhookView = z.infer<typeof WebhookView>;

export const NewWebhookView = WebhookView.extend({ secret: z.string() });
export const WebhookSecretView = z.object({ id: z.string(), secret: z.string(), oldUntil: z.string() });

export const WebhookTestView = z.object({
  ok: z.boolean(),
  messageId: z.string(),
  /** Null when it was taken. */
  reason: z.enum([...DELIVERY_FAILURES, "gone"]).nullable(),
  status: z.number().int().nullable(),
});
export type WebhookTestView = z.infer<typeof WebhookTestView>;

const Seq = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** By time or by `seq`; up to now, or to a `seq`. */
export const WebhookReplay = z.union([
  z.strictObject({ since: z.iso.datetime({ offset: true }), until: Seq.optional() }),
  z.strictObject({ from: Seq, until: Seq.optional() }),
]);

/** Nothing happened since: both are null. */
export const WebhookReplayView = z.object({
  from: z.number().int().nullable(),
  until: z.number().int().nullable(),
});
