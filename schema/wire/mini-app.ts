// The wire of a Zalo Mini App's own page: the tokens that it got for its visitor's phone number, and the visitor's choice.

import { z } from "zod";

/** Zalo's tokens are long; none is stored or logged. */
const Token = z.string().regex(/^[\x21-\x7e]{1,4096}$/, "must be a token as zmp-sdk gives it");

export const PhoneAsk = z.object({
  /** `getAccessToken()` of zmp-sdk. */
  accessToken: Token,
  /** `token` of `getPhoneNumber()`. */
  phoneToken: Token,
  /** The SDK's `anonymousId` in this Mini App, if one is used there. */
  anonymousId: z.string().trim().min(1).max(120).nullish(),
  /** As in the events of Segment's SDKs. */
  context: z
    .object({ consent: z.object({ categoryPreferences: z.record(z.string().max(60), z.boolean()) }) })
    .nullish(),
  /** Where a header cannot be set. */
  writeKey: z.string().max(300).optional(),
});

export type PhoneAsk = z.infer<typeof PhoneAsk>;

export const PhoneReply = z.object({ outcome: z.literal("done") });
