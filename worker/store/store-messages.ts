// Stores messages of the queue, each kind in D1 batches of its own: all are facts that may come again, so what stands
// after a failure in the midst is only repeated.

import type { FactMessage } from "../../schema/messages.ts";
import type { VisitStartedMessage } from "../../schema/messages-channels.ts";
import { cut } from "../core/intake/cut.ts";
import { toldIn } from "../core/intake/pack.ts";
import type { Database } from "./database.ts";
import { storeTold } from "./told.ts";
import { storeStarted } from "./visit-started.ts";
import { type Stored, storeFacts, type TagsOf } from "./visit-sets.ts";

export interface StoredMessages extends Stored {
  /** Messages of channels of which something stayed out, because whom it names was erased since. */
  readonly erasedTold: number;
}

/** A list of them is one bound text, of at most 2 MB; a batch of D1 is one wait for all others. */
const TOLD_AT_ONCE = { items: 200, units: 600_000 };

/** Throws when the database does not answer. */
export const storeMessages = async (
  db: Database,
  facts: readonly FactMessage[],
  now: number,
  tagsOf: TagsOf,
): Promise<StoredMessages> => {
  let erasedTold = 0;
  for (const told of cut(facts.flatMap(toldIn), TOLD_AT_ONCE))
    erasedTold += (await storeTold(db, told, now, tagsOf)).erased;
  const stored = await storeFacts(db, facts, now, tagsOf);
  const started = facts.filter((fact): fact is VisitStartedMessage => fact.kind === "visit_started");
  const { erased } = await storeStarted(db, started, now, tagsOf);
  return { erased: [...stored.erased, ...erased], erasedTold };
};
