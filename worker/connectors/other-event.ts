// An event of a proven webhook that a connector has no meaning for: it is kept under the vendor's own name, tells of
// nobody, and nothing of its content is stored.

import { createHash } from "node:crypto";
import { NOTHING_SAID, type Said, type SaidEvent } from "../core/intake/said.ts";

/** An event with nothing but its name: for `{...plainEvent(…), …}`. */
export const plainEvent = (type: SaidEvent["type"], name: string, channel: string): SaidEvent => ({
  type,
  name: name.trim().slice(0, 200) || "unnamed",
  channel,
  stage: null,
  campaign: null,
  subject: null,
  anonymous: null,
  branchId: null,
  direction: null,
  sentiment: null,
  products: [],
  orderId: null,
  valueVnd: null,
  details: null,
});

export const otherEvent = (messageId: string, at: number, name: string, channel: string): Said => ({
  ...NOTHING_SAID,
  messageId: messageId.slice(0, 200),
  at,
  event: plainEvent("other", name, channel),
});

/** For what a vendor gives no id of its own: the same content has the same. */
export const contentId = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(String(part.length)).update(":").update(part);
  return hash.digest("base64url").slice(0, 32);
};
