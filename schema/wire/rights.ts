// The wire of rights: erasure by an operator, the consents of a profile, requests with their due dates, and who was
// affected by a breach (contract.md, scope `privacy`).

import { z } from "zod";
import { BREACH_TABLES } from "../breach.ts";
import { ASKED_BY, ERASURE_REASONS, REQUEST_KINDS, REQUEST_ORIGINS, REQUEST_OUTCOMES } from "../requests.ts";
import { cursorLike } from "./cursor.ts";

const at = z.string();
const RequestId = z.string().regex(/^rq_[0-9a-z]{8,40}$/, "must be the id of a request");

export const ErasureAsk = z.strictObject({
  reason: z.enum(ERASURE_REASONS),
  /** How the person asked, and so how it is known who asked. */
  method: z.enum(ASKED_BY),
  /** The request that this fulfils. Without one, and where a person asked, one is opened and closed. */
  requestId: RequestId.optional(),
});
export type ErasureAsk = z.infer<typeof ErasureAsk>;

export const ErasureHeaders = z.object({
  /** A repeat with the same key, or the same request, answers the same certificate. */
  "idempotency-key": z.string().min(1).max(200).optional(),
});

export const ErasureView = z.object({
  certificateId: z.string(),
  at,
  removed: z.record(z.string(), z.number().int().nonnegative()),
  sealedProofs: z.number().int().nonnegative(),
  /** Until when purchases under the same values, which nothing joins with the person, are to be erased too. */
  purchasesDueAt: at.nullable(),
});
export type ErasureView = z.infer<typeof ErasureView>;

const ConsentRecordView = z.object({
  sequence: z.number().int(),
  purpose: z.string(),
  state: z.string(),
  at,
  wording: z.object({
    id: z.string(),
    version: z.string(),
    language: z.string(),
    hash: z.string(),
    text: z.string(),
  }),
  branchId: z.string().nullable(),
  method: z.string(),
  proof: z.object({ kind: z.string(), id: z.string().nullable() }),
  toldSensitive: z.boolean(),
  userInitiated: z.boolean(),
  receiptId: z.string(),
  hash: z.string(),
});

/** What an independent check of the whole chain found. */
const ChainCheck = z.union([
  z.object({ ok: z.literal(true), records: z.number().int() }),
  z.object({
    ok: z.literal(false),
    /** Which record, from 1. */
    record: z.number().int(),
    fault: z.enum(["subject", "sequence", "previous", "hash", "signature", "head"]),
  }),
]);

export const ProfileConsentsView = z.object({
  profileId: z.string(),
  at,
  /** One a chain: of each identifier that ever answered, and one for each time it was erased before. */
  chains: z.array(
    z.object({
      kind: z.string(),
      realm: z.string(),
      generation: z.number().int(),
      /** Null for the chain that still stands. */
      erasedAt: at.nullable(),
      check: ChainCheck,
      records: z.array(ConsentRecordView),
      receipts: z.array(z.object({ id: z.string(), sequences: z.array(z.number().int()) })),
    }),
  ),
});
export type ProfileConsentsView = z.infer<typeof ProfileConsentsView>;

export const RequestView = z.object({
  id: z.string(),
  kind: z.enum(REQUEST_KINDS),
  origin: z.enum(REQUEST_ORIGINS),
  /** The profile it is about; null where there is none, or none any more. */
  profileId: z.string().nullable(),
  /** Null where there is nothing to say, or nobody any more whom it is about. */
  note: z.object({ text: z.string(), answerTo: z.string().nullable() }).nullable(),
  receivedAt: at,
  replyDueAt: at,
  dueAt: at,
  repliedAt: at.nullable(),
  extendedAt: at.nullable(),
  closedAt: at.nullable(),
  outcome: z.enum(REQUEST_OUTCOMES).nullable(),
  proof: z.string().nullable(),
  /** `reply`: nobody has answered within two working days. `due`: it is not done in time. */
  overdue: z.enum(["reply", "due"]).nullable(),
});
export type RequestView = z.infer<typeof RequestView>;

export const RequestsQuery = z.object({
  state: z.enum(["open", "closed"]).default("open"),
  cursor: cursorLike(/^\d{1,15}~rq_[0-9a-z]{8,40}$/),
});

const words = (most: number) => z.string().trim().min(1).max(most);

export const NewRequest = z.strictObject({
  kind: z.enum(REQUEST_KINDS),
  /** The person, by any identifier. */
  by: z.strictObject({ kind: words(120), value: words(200) }),
  text: words(1_000).optional(),
  /** How to answer, where it is not the identifier itself. */
  answerTo: words(200).optional(),
  /** Somebody else, who processes for the brand, must act too: the decree gives longer. */
  others: z.boolean().default(false),
  /** When it came in, if that was earlier. */
  receivedAt: z.iso.datetime({ offset: true }).optional(),
});
export type NewRequest = z.infer<typeof NewRequest>;

/** Kept for good and shown to the person: it may name nobody. */
const Reason = words(300);
export const Extension = z.strictObject({ reason: Reason });
export const Closing = z.union([
  z.strictObject({
    outcome: z.literal("done"),
    /** How it can be shown that it was done; where this does it, there is no need to say more. */
    proof: Reason.optional(),
  }),
  z.strictObject({ outcome: z.literal("refused"), reason: Reason }),
]);
export type Closing = z.infer<typeof Closing>;

export const HolidaysView = z.object({
  /** Days off besides those of the law, `YYYY-MM-DD`. */
  added: z.array(z.iso.date()).max(200),
});

const Moment = z.iso.datetime({ offset: true });
/** Pages of people go on after the key of the last one. */
const KEY = /^[\w-]{22}$/;
export const BreachAsk = z
  .strictObject({
    from: Moment,
    to: Moment,
    /** Whoever read personal values then: keys, operators. */
    actors: z.array(words(100)).min(1).max(50).optional(),
    /** Everybody who had a row in one of these then. */
    tables: z.array(z.enum(BREACH_TABLES)).min(1).optional(),
    cursor: cursorLike(KEY),
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), {
    path: ["to"],
    message: "must be after from",
  })
  .refine(({ actors, tables }) => actors !== undefined || tables !== undefined, {
    path: ["actors"],
    message: "say actors, tables or both",
  });
export type BreachAsk = z.infer<typeof BreachAsk>;

/** One line a contact: somebody with a phone and an e-mail has two, under one profile. */
export const AffectedView = z.object({
  profileId: z.string().nullable(),
  realm: z.string(),
  /** `phone`, `email`, `zalo_app:…`, `zalo_oa:…`. */
  channel: z.string(),
  /** Null: it is stored and does not open; the log names its row. */
  contact: z.string().nullable(),
  /** How often the actors read personal values of this person then. */
  reads: z.number().int(),
  readBy: z.array(z.string()),
  tables: z.array(z.enum(BREACH_TABLES)),
});
export type AffectedView = z.infer<typeof AffectedView>;

export const BreachPage = z.object({
  data: z.array(AffectedView),
  /** On the first page: reads of people who were erased since. */
  erasedReads: z.number().int(),
  next: z.string().nullable(),
});
export type BreachPage = z.infer<typeof BreachPage>;

/** That somebody was erased, as a keyed mark; kept outside it lets a restored database be cleaned. */
export const ErasureMark = z.strictObject({
  tag: z.string().regex(/^[\w-]{43}$/),
  generation: z.number().int().positive(),
  keyId: z.string().max(40),
  erasedAt: Moment,
});
export const ErasureMarks = z.strictObject({ marks: z.array(ErasureMark).min(1).max(500) });
export const MarksQuery = z.object({ cursor: cursorLike(/^[\w-]{43}~\d{1,9}$/) });
export const PutBackView = z.object({ added: z.number().int() });
export const AgainAsk = z.strictObject({ cursor: cursorLike(KEY) });
export const AgainView = z.object({
  erased: z.number().int(),
  /** Others changed them at the same time. */
  left: z.number().int(),
  next: z.string().nullable(),
});
