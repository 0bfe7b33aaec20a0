// The wire of what an operator sets up for a source: its configuration (schema/sources.ts) and its secrets, which are told
// once and never shown again.

import { z } from "zod";
import { SECRET_PURPOSES } from "../sources.ts";

export const NewSecret = z.strictObject({
  purpose: z.enum(SECRET_PURPOSES).default("signing"),
  /** As the vendor shows it; absent: one is made, where the source's secret is ours to choose. */
  secret: z.string().trim().min(1).max(2_000).optional(),
});

export const SecretView = z.object({
  id: z.string(),
  purpose: z.enum(SECRET_PURPOSES),
  createdAt: z.string(),
  /** From then on it opens nothing; null: until somebody says so. */
  endsAt: z.string().nullable(),
  valid: z.boolean(),
});

export const NewSecretView = SecretView.extend({
  /** Only where it was made here, and only in this reply. */
  secret: z.string().optional(),
});

export const EndSecret = z.object({
  /** When it ends; absent: now. */
  endsAt: z.iso.datetime({ offset: true, error: "must be RFC 3339 with offset" }).optional(),
});
