// The wire of the data protection officer: evidence of consent as a bundle that verifies without us
// (docs/consent-evidence.md; scripts/verify-consents.ts is the reader that trusts nothing of ours).

import { z } from "zod";
import { PURPOSES } from "../consent.ts";

/** A person by an identifier that signs in, or by a receipt. Posted, so that no address holds a value. */
export const ExportAsk = z.union([
  z.strictObject({
    by: z.strictObject({
      kind: z.string().regex(/^(?:phone|zalo_app:\d{1,25})$/, "must be phone or zalo_app:{appId}"),
      value: z.string().min(1).max(100),
    }),
  }),
  z.strictObject({ receipt: z.string().min(8).max(100) }),
]);
export type ExportAsk = z.infer<typeof ExportAsk>;

export const ExportQuery = z.object({ receipt: z.string().min(8).max(100) });

const Signed = { keyId: z.string(), signature: z.string() };

/** `text` is canonical JSON: the bytes that were hashed and signed. */
const BundledRecord = z.object({ text: z.string(), hash: z.string(), ...Signed, receiptId: z.string() });

const Head = z.object({
  format: z.literal("quen-consent-head-1"),
  subject: z.string(),
  generation: z.number().int(),
  length: z.number().int(),
  lastHash: z.string(),
  at: z.string(),
  ...Signed,
});

const BundledChain = z.object({
  subject: z.string(),
  /** 1 until the first erasure, then one more with each. */
  generation: z.number().int(),
  /** Null for the chain that still stands. */
  erasedAt: z.string().nullable(),
  records: z.array(BundledRecord),
  proofs: z.array(
    z.object({ sequence: z.number().int(), method: z.string(), kind: z.string(), id: z.string().nullable() }),
  ),
  receipts: z.array(z.object({ id: z.string(), sequences: z.array(z.number().int()) })),
  head: Head,
});

export const ConsentBundle = z.object({
  format: z.literal("quen-consent-bundle-1"),
  at: z.string(),
  chains: z.array(BundledChain),
  texts: z.array(
    z.object({
      hash: z.string(),
      id: z.string(),
      version: z.string(),
      language: z.string(),
      text: z.string(),
    }),
  ),
  keys: z.array(
    z.object({
      kty: z.string(),
      crv: z.string(),
      x: z.string(),
      kid: z.string(),
      use: z.string(),
      alg: z.string(),
    }),
  ),
  /** Over the canonical JSON of all of the above. */
  seal: z.object({ hash: z.string(), ...Signed }),
});
export type ConsentBundle = z.infer<typeof ConsentBundle>;

export const StaffCodeView = z.object({ code: z.string(), branchId: z.string(), expiresAt: z.string() });

/** Asks again for a purpose whose text has changed in substance. */
export const AskAgainBody = z.strictObject({
  purpose: z.enum(PURPOSES),
  reason: z.string().trim().min(3).max(200),
  /** `other_texts`: grants to the texts in force stay. `all`: none does, say when the controller is somebody else. */
  which: z.enum(["other_texts", "all"]).default("other_texts"),
  /** `next` of the step before; 0 begins. */
  from: z.number().int().nonnegative().default(0),
});

export const AskAgainStep = z.object({ asked: z.number().int(), next: z.number().int().nullable() });
