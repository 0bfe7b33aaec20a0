// The wire of channels: the sources an operator declares, and orders, customers and refunds as tills, shops and files tell
// them. Each is judged for itself: `OrdersAsk`, `CustomersAsk` and `PosAsk` only open the envelope.

import { z } from "zod";
import { ORDER_MARKS } from "../events.ts";
import { SECRET_PURPOSES, SourceConfig } from "../sources.ts";

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
  /** For what its connector has no valid secret; without `signing` none of its webhooks is taken. */
  lacks: z.array(z.enum(SECRET_PURPOSES)),
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

const CUSTOMER = {
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
};
const Customer = z.strictObject(CUSTOMER);

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

/** The source's own; at most 120 characters. */
const OwnId = z.union([
  Line(120).refine((id) => !/[\p{Cc}\p{Cs}]/u.test(id), "must be printable"),
  z.number().int().nonnegative().transform(String),
]);
/** An integer, or decimal text. */
const Amount = z.union([z.number().int(), z.string().max(40)]);
const Currency = z
  .string()
  .regex(/^[A-Za-z]{3}$/, "must be an ISO 4217 code")
  .transform((code) => code.toUpperCase())
  .default("VND");

export const TellOrder = z.strictObject({
  id: OwnId,
  /** When it was placed. */
  at: Time,
  /** When the source changed it last: the newest telling stands. */
  updatedAt: Time.nullish(),
  branchId: z.string().max(40).nullish(),
  channel: Words(40).nullish(),
  status: z.enum(ORDER_STATUSES),
  /** What it is worth now, refunds taken off: an integer, or decimal text. */
  total: Amount,
  currency: Currency,
  items: z.array(Item).max(200).nullish(),
  customer: Customer.nullish(),
});
export type TellOrder = z.infer<typeof TellOrder>;

/** A customer for themselves; beside an order there is `customer`. */
export const TellCustomer = z.strictObject({
  ...CUSTOMER,
  /** When the source changed it last; absent: now. Of each value the newest telling stands. */
  updatedAt: Time.nullish(),
  /** False: imported, without an act of the person's own; then never used for marketing. */
  userInitiated: z.boolean().default(true),
});
export type TellCustomer = z.infer<typeof TellCustomer>;

export const TellRefund = z.strictObject({
  /** The source's own id of the refund or cancellation. */
  id: OwnId,
  orderId: OwnId,
  kind: z.enum(ORDER_MARKS).default("refund"),
  at: Time,
  /** What was given back; absent: everything. */
  amount: Amount.nullish(),
  currency: Currency,
});
export type TellRefund = z.infer<typeof TellRefund>;

/** Of one request, and of each list of a webhook. */
export const MOST_TOLD = 500;
export const MOST_TOLD_BYTES = 500_000;

/** What is told is read one by one. */
const Some = z.array(z.unknown()).min(1);
const UserInitiated = z.boolean().default(true);
export const OrdersAsk = z.strictObject({
  source: z.string(),
  orders: Some,
  /** False: the customers' contacts are imported. */
  userInitiated: UserInitiated,
});
export const CustomersAsk = z.strictObject({ source: z.string(), customers: Some });

const Verdicts = z.object({
  /** Whether all of it was taken. */
  success: z.boolean(),
  accepted: z.number().int(),
  rejected: z.array(
    z.object({ index: z.number().int(), id: z.string().nullable(), code: z.string(), message: z.string() }),
  ),
  /** Parts of what was accepted that say nothing of anybody, and were left out. */
  leftOut: z.array(z.object({ index: z.number().int(), field: z.string(), reason: z.string() })),
});
export const OrdersReply = Verdicts;
export type OrdersReply = z.infer<typeof OrdersReply>;
export const CustomersReply = Verdicts;
export type CustomersReply = z.infer<typeof CustomersReply>;

/** The body of a webhook of the `pos` connector; a name that is none of these is kept as an event of that name. */
export const PosAsk = z.looseObject({
  customers: z.array(z.unknown()).max(MOST_TOLD).optional(),
  orders: z.array(z.unknown()).max(MOST_TOLD).optional(),
  refunds: z.array(z.unknown()).max(MOST_TOLD).optional(),
});
export type PosAsk = z.infer<typeof PosAsk>;
