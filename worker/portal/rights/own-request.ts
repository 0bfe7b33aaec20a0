// A request that the shopper's own page fulfils at once: opened and closed in one row, with its proof. The id is made of
// what was done, so a repeat is the same request.

import { createHash } from "node:crypto";
import type { RequestKind } from "../../../schema/requests.ts";
import { dueOf } from "../../core/rights/due.ts";
import type { RequestRow } from "../../store/request-rows.ts";

export const ownRequest = (kind: RequestKind, doneAs: string, now: number): RequestRow => ({
  id: `rq_${createHash("sha256").update(`own/${kind}/${doneAs}`).digest("hex").slice(0, 24)}`,
  kind,
  origin: "me",
  subject: null,
  note: null,
  receivedAt: now,
  ...dueOf(kind, now),
  repliedAt: now,
  extendedAt: null,
  closedAt: now,
  outcome: "done",
  proof: null,
});
