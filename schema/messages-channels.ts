// Queue messages of what channels tell of people. Keys are node keys, values are sealed before they come here: a message,
// and a dead letter, holds no readable value. All are facts: any order and repetition gives the same.

import { z } from "zod";

const Key = z.string().regex(/^[A-Za-z0-9_-]{21}[AQgw]$/);
const At = z.number().int().nonnegative();

export const ToldIdentifier = z.object({
  key: Key,
  realm: z.enum(["store", "commerce"]),
  kind: z.string().min(1).max(120),
  /** Sealed under `identifier/{key}`. */
  sealed: z.string(),
  /** Proven by the person (a login, a code); else told. */
  proven: z.boolean(),
});

export const ToldEvidence = z.object({
  a: Key,
  b: Key,
  trust: z.union([z.literal(1), z.literal(2), z.literal(3)]),
});

export const ToldTrait = z.object({
  key: Key,
  name: z.string().min(1).max(60),
  /** Sealed under `trait/{key}/{name}/{source}`. */
  sealed: z.string(),
  proven: z.boolean(),
  /** When the source said so; else the time of the message. */
  at: At.optional(),
});

export const ToldOrder = z.object({
  orderId: z.string().min(1).max(120),
  subject: Key,
  at: At,
  updatedAt: At,
  branchId: z.string().nullable(),
  channel: z.string().min(1).max(40),
  status: z.enum(["placed", "completed", "cancelled", "refunded"]),
  totalVnd: z.number().int().nullable(),
  currency: z.string().length(3),
  total: z.string().max(40),
  items: z
    .array(
      z.object({
        name: z.string().max(200),
        quantity: z.number(),
        category: z.string().max(80).optional(),
        sku: z.string().max(80).optional(),
      }),
    )
    .max(200),
});

/** Something a source told about a person, at one time: identifiers, that they belong together, traits, an order. */
export const ToldMessage = z.object({
  kind: z.literal("told"),
  source: z.string().min(1).max(40),
  /** The source's own id of what it told. */
  messageId: z.string().min(1).max(200),
  at: At,
  identifiers: z.array(ToldIdentifier).max(20),
  evidence: z.array(ToldEvidence).max(40),
  traits: z.array(ToldTrait).max(50),
  order: ToldOrder.nullable(),
});
export type ToldMessage = z.infer<typeof ToldMessage>;

/** A recognised visitor came in. Sent only where somebody may want to know at once. */
export const VisitStartedMessage = z.object({
  kind: z.literal("visit_started"),
  branchId: z.string(),
  subject: Key,
  startedAt: At,
});
export type VisitStartedMessage = z.infer<typeof VisitStartedMessage>;
