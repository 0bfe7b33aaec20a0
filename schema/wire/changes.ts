// The wire of the change feed. Its cursor is opaque to callers; a page always names the next one.

import { z } from "zod";
import { PROFILE_CHANGES } from "../changes.ts";

export const ChangesQuery = z.object({
  /** `next` of an earlier page; `now`: only what happens from here on; without one, from the oldest kept. */
  cursor: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

export const ChangeView = z.object({
  seq: z.number().int(),
  type: z.enum(PROFILE_CHANGES),
  profileId: z.string(),
  previousIds: z.array(z.string()),
  at: z.string(),
});
export type ChangeView = z.infer<typeof ChangeView>;

export const ChangesPage = z.object({
  data: z.array(ChangeView),
  next: z.string(),
  hasMore: z.boolean(),
});
export type ChangesPage = z.infer<typeof ChangesPage>;
