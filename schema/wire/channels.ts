// The wire of channels: the sources an operator declares, and orders as tills and shops tell them. Each order is judged
// for itself, so `OrdersAsk` only opens the envelope and `TellOrder` reads one.

import { z } from "zod";
import { SourceConfig } from "../sources.ts";

export const SOURCE_BASES = ["consent", "contract"] as const;
export type SourceBasis = (typeof SOURCE_BASES)[number];

const Id = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, "must be 1 to 40 of a-z, 0-9 and -, not at the ends");
const Line = (most: number) => z.string().trim().min(1).max(most);

export const NewSource = z.strictObject({
  id: Id,
  /** pos | web | … ; also the channel of an order that names none. */
  kind: z.string().regex(/^[a-z0-9](?:[a-z0-9_-]{0,38}[a-z0-9])?$/, "must be a word such as pos or web"),
  name: Line(80),
  basis: z.enum(SOURCE_BASES),
  /** Of equally good values the source with the smaller number is believed. */
  priority: z.number().int().min(0).max(1_000).default(100),
  config: SourceConfig.default({}),
});

export const SourceView = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  basis: z.enum(SOURCE_BASES),
  priority: z.number().int(),
  createdAt: z.string(),
  revokedAt: z.string().nullable(),
  config: SourceConfig,
});

/** A database would cut a text at some of these. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/gu;
const Words = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => text.replaceAll(UNPRINTABLE, " ").trim());

/** Fields that tills fill with what they have: null and blank are as good as absent. */
const Given = z.union([z.string().max(1_000), z.number().int().nonnegative().transform(String)]).nullish();

const Customer = z.strictObject({
  code: Given,
  phone: Given,
  email: z.string().max(1_000).nullish(),
  name: z.string().max(1_000).nullish(),
  /** `YYYY-MM-DD` or `--MM-DD`. */
  birthday: z.string().max(100).nullish(),
  gender: z.string().max(100).nullish(),
  traits: z
    .record(
      z.string().regex(/^[a-z][A-Za-z0-9_]{0,39}$/, "must be a name such as favouriteDrink"),
      z.string().max(1_000),
    )
    .refine((traits) => Object.keys(traits).length <= 20, "must hold at most 20 traits")
    .refine(
      (traits) => !["name", "birthday", "gender"].some((name) => Object.hasOwn(traits, name)),
      "name, birthday and gender stand beside traits",
    )
    .nullish(),
});

const Item = z.strictObject({
  name: Words(200).pipe(z.string().min(1)),
  quantity: z.number().min(-1_000_000).max(1_000_000).default(1),
  category: Words(80).nullish(),
  sku: Words(80).nullish(),
});

const Time = z.iso.datetime({
  offset: true,
  error: "must be RFC 3339 with offset, such as 2026-11-22T09:30:00+07:00",
});

export const ORDER_STATUSES = ["placed", "completed", "cancelled", "refunded"] as const;

export const TellOrder = z.strictObject({
  /** The source's own; at most 120 characters. */
  id: z.union([
    Line(120).refine((id) => !/[\p{Cc}\p{Cs}]/u.test(id), "must be printable"),
    z.number().int().nonnegative().transform(String),
  ]),
  /** When it was placed. */
  at: Time,
  /** When the source changed it last: the newest telling stands. */
  updatedAt: Time.nullish(),
  branchId: z.string().max(40).nullish(),
  channel: Words(40).nullish(),
  status: z.enum(ORDER_STATUSES),
  /** What it is worth now, refunds taken off: an integer, or decimal text. */
  total: z.union([z.number().int(), z.string().max(40)]),
  currency: z
    .string()
    .regex(/^[A-Za-z]{3}$/, "must be an ISO 4217 code")
    .transform((code) => code.toUpperCase())
    .default("VND"),
  items: z.array(Item).max(200).nullish(),
  customer: Customer.nullish(),
});
export type TellOrder = z.infer<typeof TellOrder>;

export const MOST_ORDERS = 500;
export const MOST_ORDER_BYTES = 500_000;

/** The orders themselves are read one by one. */
export const OrdersAsk = z.strictObject({ source: z.string(), orders: z.array(z.unknown()).min(1) });

export const OrdersReply = z.object({
  /** Whether every order was taken. */
  success: z.boolean(),
  accepted: z.number().int(),
  rejected: z.array(
    z.object({ index: z.number().int(), id: z.string().nullable(), code: z.string(), message: z.string() }),
  ),
  /** Parts of accepted orders that say nothing of anybody, and were left out. */
  leftOut: z.array(z.object({ index: z.number().int(), field: z.string(), reason: z.string() })),
});
export type OrdersReply = z.infer<typeof OrdersReply>;
