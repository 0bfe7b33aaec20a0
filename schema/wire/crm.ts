// The CRM's wire (contract: CRM; docs/profile.md). What consent or scope does not cover is absent, and `redacted` says why.

import { z } from "zod";
import { DIRECTIONS, EVENT_TYPES, SENTIMENTS, STAGES } from "../events.ts";
import { REDACTED_FIELDS, REDACTION_REASONS } from "../redaction.ts";

const count = z.number().int().nonnegative();
const at = z.string();
const atOrNull = z.string().nullable();

const ConsentWord = z.object({ state: z.enum(["granted", "refused", "withdrawn"]), at });

const ContactWord = z.object({
  allowed: z.boolean(),
  /** Local times between which nobody is written to. */
  quietHours: z.object({ from: z.string(), to: z.string(), timezone: z.string() }),
  maxPerDay: count,
});

export const RedactionView = z.object({
  field: z.enum(REDACTED_FIELDS),
  reason: z.enum(REDACTION_REASONS),
});

export const ProfileView = z.object({
  id: z.string(),
  realms: z.array(z.enum(["store", "commerce"])),
  /** Every other id that means this profile. */
  previousIds: z.array(z.string()),
  identifiers: z
    .array(
      z.object({
        kind: z.string(),
        value: z.string().optional(),
        verified: z.boolean(),
        /** False: only ever imported, without an act of the person's own. */
        userInitiated: z.boolean(),
        firstSeenAt: at,
        lastSeenAt: at,
        /** By which channels this very identifier may be written to. */
        contact: z.array(z.enum(["zalo", "sms", "email"])),
      }),
    )
    .optional(),
  traits: z.record(z.string(), z.object({ value: z.string(), source: z.string(), at })).optional(),
  visits: z
    .object({
      total: count,
      firstAt: atOrNull,
      lastAt: atOrNull,
      byBranch: z.array(z.object({ branchId: z.string(), visits: count, lastAt: at, medianDwellMs: count })),
      last30Days: count,
      favouriteBranchId: z.string().nullable(),
      typicalGapDays: z.number().nonnegative().nullable(),
    })
    .optional(),
  orders: z
    .object({
      count,
      totalVnd: z.number().int(),
      averageVnd: z.number().int().nullable(),
      lastAt: atOrNull,
    })
    .optional(),
  channels: z.array(z.object({ channel: z.string(), events: count, lastAt: at })).optional(),
  lifecycle: z
    .object({
      stage: z.enum(["stranger", "new", "active", "regular", "lapsing", "lost"]),
      since: atOrNull,
      /** Of the rules that said so. */
      rules: z.string(),
    })
    .optional(),
  consent: z
    .object({
      visit_recognition: ConsentWord.optional(),
      profile_linking: ConsentWord.optional(),
      marketing_zalo: ConsentWord.optional(),
      marketing_sms: ConsentWord.optional(),
      marketing_email: ConsentWord.optional(),
    })
    .optional(),
  contact: z.object({ zalo: ContactWord, sms: ContactWord, email: ContactWord }).optional(),
  redacted: z.array(RedactionView),
  version: count,
  updatedAt: at,
});
export type ProfileView = z.infer<typeof ProfileView>;

const MOST_LOOKUPS = 100;

export const LookupAsk = z.strictObject({
  by: z
    .array(z.strictObject({ kind: z.string().min(1).max(120), value: z.string().min(1).max(200) }))
    .min(1)
    .max(MOST_LOOKUPS),
});

export const LookupView = z.object({
  data: z.array(
    z.object({
      by: z.object({ kind: z.string(), value: z.string() }),
      /** None, one or two: a person's store and commerce profiles stand apart without `profile_linking`. */
      profiles: z.array(ProfileView),
    }),
  ),
});

const MOST_PAGE = 200;
const page = {
  cursor: z.string().min(1).max(300).optional(),
  limit: z.coerce.number().int().min(1).max(MOST_PAGE).default(50),
};

export const SnapshotQuery = z.object({ ...page, format: z.enum(["json", "csv"]).default("json") });

export const SnapshotView = z.object({
  data: z.array(ProfileView),
  next: z.string().nullable(),
  /** On the last page: the cursor of the change feed as of the beginning of the snapshot. */
  changes: z.string().optional(),
});

export const TimelineQuery = z.object(page);

const OrderItem = z.object({
  name: z.string(),
  quantity: z.number(),
  category: z.string().optional(),
  sku: z.string().optional(),
});

const Campaign = z.object({
  source: z.string().optional(),
  medium: z.string().optional(),
  name: z.string().optional(),
  term: z.string().optional(),
  content: z.string().optional(),
});

const EventProduct = z.object({
  id: z.string().optional(),
  sku: z.string().optional(),
  name: z.string().optional(),
  category: z.string().optional(),
  quantity: z.number().optional(),
});

export const TimelineEntry = z.discriminatedUnion("type", [
  z.object({ type: z.literal("visit"), at, branchId: z.string(), dwellMs: count }),
  z.object({ type: z.literal("sign_in"), at, branchId: z.string().nullable() }),
  z.object({
    type: z.literal("order"),
    at,
    source: z.string(),
    orderId: z.string(),
    channel: z.string(),
    branchId: z.string().nullable(),
    /** Now, by what was refunded or cancelled since it was told. */
    status: z.enum(["placed", "completed", "cancelled", "refunded"]),
    /** As it was told; `worthVnd` is what is left of it. */
    totalVnd: z.number().int().nullable(),
    worthVnd: z.number().int().nullable(),
    currency: z.string(),
    total: z.string(),
    items: z.array(OrderItem).optional(),
  }),
  z.object({
    type: z.literal("event"),
    at,
    source: z.string(),
    /** The source's own id of it. */
    messageId: z.string(),
    eventType: z.enum(EVENT_TYPES),
    name: z.string(),
    channel: z.string(),
    stage: z.enum(STAGES).nullable(),
    campaign: Campaign.nullable(),
    branchId: z.string().nullable(),
    direction: z.enum(DIRECTIONS).nullable(),
    sentiment: z.enum(SENTIMENTS).nullable(),
    orderId: z.string().nullable(),
    valueVnd: z.number().int().nullable(),
    products: z.array(EventProduct).optional(),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
  z.object({
    type: z.literal("consent"),
    at,
    purpose: z.string(),
    state: z.enum(["granted", "refused", "withdrawn"]),
  }),
  z.object({
    type: z.enum(["created", "merged", "split"]),
    at,
    profileId: z.string(),
    previousIds: z.array(z.string()),
  }),
]);
export type TimelineEntry = z.infer<typeof TimelineEntry>;

export const TimelineView = z.object({
  data: z.array(TimelineEntry),
  next: z.string().nullable(),
  redacted: z.array(RedactionView),
});
export type TimelineView = z.infer<typeof TimelineView>;
