// Queue messages of what channels tell of people. Keys are node keys, values are sealed before they come here: a message,
// and a dead letter, holds no readable value. All are facts: any order and repetition gives the same.

import { z } from "zod";
import { DIRECTIONS, EVENT_TYPES, ORDER_MARKS, SENTIMENTS, STAGES } from "./events.ts";

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
  /** False: imported, without an act of the person's own. Absent: true. */
  userInitiated: z.boolean().optional(),
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
  /** Whose numbering the id is of; absent: the source's own. */
  book: z.string().min(1).max(40).optional(),
  orderId: z.string().min(1).max(120),
  subject: Key,
  at: At,
  updatedAt: At,
  branchId: z.string().nullable(),
  channel: z.string().min(1).max(40),
  status: z.enum(["placed", "completed", "cancelled", "refunded"]),
  totalVnd: z.number().int().nullable(),
  /** Whether refunds up to `updatedAt` are taken off the total. Absent: they are. */
  net: z.boolean().optional(),
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

/** That an order was given back or cancelled; it may come before the order. */
export const ToldMark = z.object({
  book: z.string().min(1).max(40),
  orderId: z.string().min(1).max(120),
  markId: z.string().min(1).max(240),
  kind: z.enum(ORDER_MARKS),
  at: At,
  amountVnd: z.number().int().nonnegative().nullable(),
});

const Short = (most: number) => z.string().min(1).max(most);

/** What happened in a channel. Whom it names is in `identifiers` of the same message, or nobody. */
export const ToldEvent = z.object({
  type: z.enum(EVENT_TYPES),
  name: Short(200),
  channel: Short(40),
  stage: z.enum(STAGES).nullable(),
  campaign: z
    .object({
      source: Short(200).optional(),
      medium: Short(200).optional(),
      name: Short(200).optional(),
      term: Short(200).optional(),
      content: Short(200).optional(),
    })
    .nullable(),
  subject: Key.nullable(),
  anonymous: Key.nullable(),
  branchId: z.string().nullable(),
  direction: z.enum(DIRECTIONS).nullable(),
  sentiment: z.enum(SENTIMENTS).nullable(),
  products: z
    .array(
      z.object({
        id: Short(120).optional(),
        sku: Short(120).optional(),
        name: Short(200).optional(),
        category: Short(80).optional(),
        quantity: z.number().optional(),
      }),
    )
    .max(50),
  orderId: Short(120).nullable(),
  valueVnd: z.number().int().nullable(),
  /** Sealed under `event/{source}/{messageId}`. */
  details: z.string().nullable(),
});
export type ToldEvent = z.infer<typeof ToldEvent>;

/** Something a source told about a person, at one time: identifiers, that they belong together, traits, an order, an event. */
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
  mark: ToldMark.nullish(),
  event: ToldEvent.nullish(),
});
export type ToldMessage = z.infer<typeof ToldMessage>;

/** Several in one message of the queue: what a message costs does not depend on its size. */
export const ToldPackMessage = z.object({
  kind: z.literal("told_pack"),
  told: z.array(ToldMessage).min(1).max(50),
});
export type ToldPackMessage = z.infer<typeof ToldPackMessage>;

/** A recognised visitor came in. Sent only where somebody may want to know at once. */
export const VisitStartedMessage = z.object({
  kind: z.literal("visit_started"),
  branchId: z.string(),
  subject: Key,
  startedAt: At,
});
export type VisitStartedMessage = z.infer<typeof VisitStartedMessage>;
