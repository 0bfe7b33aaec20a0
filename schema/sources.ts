// What an operator says of a source besides its name (schema/tables-identity.ts `sources.config`).

import { z } from "zod";

const Word = z.string().regex(/^[a-z0-9](?:[a-z0-9_-]{0,38}[a-z0-9])?$/, "must be a word such as web-shop");

/** Of worker/connectors/all.ts: the list there is the only one, so that a channel is one file and one line. */
export type ConnectorId = string;

export const SourceConfig = z.strictObject({
  /** The connector whose webhooks may come under this source; absent: none. */
  connector: Word.optional(),
  /** What the connector must know of the account, by the names that it asks for: `oaId`, `appId`, `shopId`, … */
  settings: z.record(z.string().max(40), z.string().trim().min(1).max(400)).optional(),
  /** The vendor's id of a branch, and ours. */
  branches: z.record(z.string().min(1).max(120), z.string().min(1).max(40)).optional(),
  /** The source whose order numbers its orders carry: copies of one order are one order. Absent: its own. */
  orderBook: Word.optional(),
  /** Categories of `context.consent` that an event must have; absent: `analytics` where the basis is consent, else none. */
  consentCategories: z.array(z.string().min(1).max(60)).max(10).optional(),
  /** What a browser key says of phones and e-mails: `weak` (default) is left out, `asserted` is believed as a till is. */
  browserClaims: z.enum(["weak", "asserted"]).optional(),
});
export type SourceConfig = z.infer<typeof SourceConfig>;

/** `signing`: proves who sent a webhook. `verify`: answers a handshake. `access`: opens the vendor's API. */
export const SECRET_PURPOSES = ["signing", "verify", "access"] as const;
export type SecretPurpose = (typeof SECRET_PURPOSES)[number];
