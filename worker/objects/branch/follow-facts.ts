// Takes what is new in the log of device facts into the object's copy, page by page. Throws when the log cannot be
// read; what was taken until then stays, and the cursor says how far that is.

import type { BranchSettings } from "../../../schema/definitions.ts";
import type { BranchId } from "../../../schema/ids.ts";
import type { DeviceFact } from "../../core/presence/device-fact.ts";
import { applyFacts } from "./apply-facts.ts";
import { metaOf } from "./tables.ts";

const FACTS_AT_ONCE = 5_000;

export const followFacts = async (
  storage: DurableObjectStorage,
  factsAfter: (seq: number, limit: number) => Promise<DeviceFact[]>,
  ref: { branchId: BranchId; settings: BranchSettings },
  now: number,
): Promise<void> => {
  const meta = metaOf(storage.sql);
  const position = (): number => Number(meta.get("cursor") ?? "0");
  for (;;) {
    // Each page begins where the one before ended.
    const facts = await factsAfter(position(), FACTS_AT_ONCE);
    const last = facts.at(-1);
    if (!last) return;
    storage.transactionSync(() => {
      applyFacts(storage.sql, facts, ref.branchId, ref.settings, now);
      meta.set("cursor", String(Math.max(last.seq, position())));
    });
    if (facts.length < FACTS_AT_ONCE) return;
  }
};
